package summary

import (
	"fmt"
	"testing"

	"huizong/consolidate"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// idea is a row of 谋划储备项目表.
func idea(name, stage, field, unit, total string) said {
	f := &form.Reserve
	s := said{
		f.Name.Column: name, f.Stage.Column: stage, f.Field.Column: field, f.Department.Column: unit,
		f.Place.Column: "城固县" + unit, f.Content.Column: name + "及配套设施，建筑面积1.2万平方米", f.Phone.Column: "13900000000", f.Leader.Column: "样例领导01",
	}
	if total != "" {
		s[f.Total.Column] = total
	}
	return s
}

// reserveReturns are what departments send of the reserve: in May, and in June with changes
// of every kind.
func reserveReturns(t testing.TB, p ledger.Period) []*ledger.Return {
	f := &form.Reserve
	road := idea("城固县沿江公路改造提升工程", "储备", "交通水利", "县交通局", "125000").and(said{
		f.Bonds.Column: "80000", f.Local.Column: "25000", f.Loans.Column: "20000", f.Secured.Column: "12000.5",
		f.Approval.Column: "已完成", f.Land.Column: "办理中", f.Environment.Column: "办理中", f.Planning.Column: "未启动", f.Energy.Column: "不需要",
		f.Maturity.Column: "B", f.Start.Column: "2024-10", f.Code.Column: "2401-610722-04-01-100012",
	})
	village := idea("和美乡村打包项目", "谋划", "乡村振兴", "农业农村局", "9000").and(said{f.IsPackage.Column: "是", f.Maturity.Column: "C"})
	part := func(name, total string) said {
		return idea(name, "谋划", "乡村振兴", "农业农村局", total).and(said{f.Package.Column: "和美乡村打包项目", f.IsPackage.Column: "否"})
	}
	park := idea("标准化厂房二期", "开工", "产业", "三合园区", "36000").and(said{f.Social.Column: "30000", f.Central.Column: "6000", f.Maturity.Column: "A", f.Secured.Column: "30000"})
	hospital := idea("县医院门诊综合楼", "储备", "民生", "卫健局", "15800.25").and(said{f.LongTerm.Column: "15800.25", f.Maturity.Column: "A"})
	if p == may {
		return []*ledger.Return{
			sent(t, f.Name.Form, p, "交通运输局", 20, road.and(said{f.Stage.Column: "谋划", f.Total.Column: "120000"}), idea("旧桥危改工程", "储备", "基础设施", "交通局", "800")),
			sent(t, f.Name.Form, p, "农业农村局", 21, village, part("许家庙村提升", "4000"), part("谢家井村提升", "5000")),
			sent(t, f.Name.Form, p, "三合循环经济产业园区", 22, park.and(said{f.Stage.Column: "储备"})),
			sent(t, f.Name.Form, p, "卫生健康局", 22, hospital),
			sent(t, f.Name.Form, p, "林业局", 22, idea("国家储备林基地", "谋划", "生态", "林业局", "22000")),
		}
	}
	bridge := idea("旧桥危改工程", "储备", "基础设施", "交通局", "800").and(said{f.Leaving.Column: "投资主体未确定"})
	old := sent(t, f.Name.Form, p, "交通运输局", 18, road)
	roads := sent(t, f.Name.Form, p, "交通运输局", 24, road, bridge, idea("站前广场停车综合体", "投产", "城建", "交通局、城管局", "4321.09"))
	late := sent(t, f.Name.Form, p, "三合循环经济产业园区", 28, park, idea("光伏产业园", "谋划", "新能源", "某指挥部", ""))
	health := sent(t, f.Name.Form, p, "卫生健康局", 22, hospital.and(said{f.Total.Column: "158002.5"}), hospital.and(said{f.Name.Column: "疾控中心实验楼", f.Total.Column: "2600", f.LongTerm.Column: "2600"}))
	finding(form.SecuredOverTotal, health, 4, f.Total.Column)
	finding(rejected, health, 5, f.Name.Column)
	town := sent(t, f.Name.Form, p, "博望街道", 22, idea("标准化厂房二期", "开工", "产业", "三合园区", "36000"), idea("莲花池公园", "开工", "城市更新", "博望街道办", "3000"))
	return []*ledger.Return{old, roads, sent(t, f.Name.Form, p, "农业农村局", 21, village, part("许家庙村提升", "4000"), part("谢家井村提升", "5000")), late, health, town}
}

// rejected sends a row back.
var rejected = ledger.Declare("C99", ledger.Error, ledger.RejectRow, ledger.Level1, "test", ledger.Zh("试", "试"), ledger.En("test", "test"))

// key is a row of 重点项目建设进展月报表.
func key(name, level, class, unit, leader, plan, done, month string) said {
	f := &form.Progress
	s := said{
		f.Name.Column: name, f.Level.Column: level, f.Class.Column: class, f.Department.Column: unit, f.Leader.Column: leader,
		f.Field.Column: "产业发展", f.Content.Column: name + "建设内容", f.Appearance.Column: "主体施工", f.Phone.Column: "13900000000",
		f.Total.Column: "100000", f.Start.Column: "2023-08", f.InStatistics.Column: "是", f.Years.Column: "2023-08/2025-12",
	}
	for column, text := range map[*form.Column]string{f.YearPlan.Column: plan, f.YearToDate.Column: done, f.ThisMonth.Column: month} {
		if text != "" {
			s[column] = text
		}
	}
	return s
}

func progressReturns(t testing.TB, p ledger.Period) []*ledger.Return {
	f := &form.Progress
	unstarted := func(s said, due string) said {
		s = s.and(said{f.PlanStart.Column: due, f.InStatistics.Column: "否"})
		delete(s, f.Start.Column)
		return s
	}
	north := key("北环路建设项目", "市级", "续建", "县交通局", "样例领导01、样例领导02", "30000", "16500", "3000")
	south := key("南沙湖路网工程", "市级", "新开工", "县交通局", "样例领导02", "20000", "5000.5", "1000").and(said{f.Problems.Column: "征迁尚余12户未签约", f.Requests.Column: "请博望街道7月底前完成", f.InStatistics.Column: "否", f.Start.Column: "2024-03"})
	plant := key("航空零部件产业园", "省级、市级", "续建", "航空经开区", "样例领导03", "80000", "44000", "9000")
	spring := unstarted(key("双溪镇温泉康养", "市级", "新开工", "文旅局", "样例领导04", "10000", "0", "0"), "2024-03")
	early := unstarted(key("智慧农业示范园", "市级", "前期", "农业农村局", "不在册领导", "", "", ""), "2025-01")
	small := key("县城供水管网改造", "省级", "续建", "城投集团", "样例领导03", "6000", "3000", "500").and(said{f.Total.Column: "499"})
	if p == may {
		return []*ledger.Return{
			sent(t, f.Name.Form, p, "交通运输局", 20, north.and(said{f.YearToDate.Column: "13500", f.YearPlan.Column: "28000"}), south.and(said{f.YearToDate.Column: "4000.5"})),
			sent(t, f.Name.Form, p, "航空经济技术开发区", 20, plant.and(said{f.YearToDate.Column: "35000"})),
			sent(t, f.Name.Form, p, "文化和旅游局", 20, spring),
			sent(t, f.Name.Form, p, "城市建设投资集团", 20, small.and(said{f.YearToDate.Column: "2500"})),
		}
	}
	return []*ledger.Return{
		sent(t, f.Name.Form, p, "交通运输局", 20, north, south),
		sent(t, f.Name.Form, p, "航空经济技术开发区", 20, plant),
		sent(t, f.Name.Form, p, "文化和旅游局", 20, spring),
		sent(t, f.Name.Form, p, "农业农村局", 20, early),
	}
}

func months(t testing.TB) (first, second *consolidate.Month) {
	first = reconcile(t, may, nil, bulletinReturns(t, may)...)
	second = reconcile(t, june, first, bulletinReturns(t, june)...)
	return first, second
}

// many is a month whose ledger takes several pages.
func many(t testing.TB) *consolidate.Month {
	f := &form.Reserve
	var rows []said
	for i := range 120 {
		rows = append(rows, idea(fmt.Sprintf("第%d号谋划储备项目（含配套基础设施）", i+1), []string{"谋划", "储备", "开工", "投产"}[i%4], "产业", "经贸局", fmt.Sprint(1000+i*i)))
	}
	return reconcile(t, june, nil, sent(t, f.Name.Form, june, "经济贸易局", 20, rows...))
}
