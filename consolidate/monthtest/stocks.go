package monthtest

import (
	"fmt"
	"strings"
	"testing"

	"huizong/consolidate"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Idea is a row of 谋划储备项目表.
func Idea(name, stage, field, unit, total string) Said {
	f := &form.Reserve
	s := Said{
		f.Name.Column: name, f.Stage.Column: stage, f.Field.Column: field, f.Department.Column: unit,
		f.Place.Column: "城固县" + unit, f.Content.Column: name + "及配套设施，建筑面积1.2万平方米", f.Phone.Column: "13900000000", f.Leader.Column: "样例领导01",
	}
	if total != "" {
		s[f.Total.Column] = total
	}
	return s
}

// ReserveReturns are what departments send of the reserve: in May, and in June with changes
// of every kind.
func ReserveReturns(t testing.TB, p ledger.Period) []*ledger.Return {
	f := &form.Reserve
	road := Idea("城固县沿江公路改造提升工程", "储备", "交通水利", "县交通局", "125000").And(Said{
		f.Bonds.Column: "80000", f.Local.Column: "25000", f.Loans.Column: "20000", f.Secured.Column: "12000.5",
		f.Approval.Column: "已完成", f.Land.Column: "办理中", f.Environment.Column: "办理中", f.Planning.Column: "未启动", f.Energy.Column: "不需要",
		f.Maturity.Column: "B", f.Start.Column: "2024-10", f.Code.Column: "2401-610722-04-01-100012",
	})
	village := Idea("和美乡村打包项目", "谋划", "乡村振兴", "农业农村局", "9000").And(Said{f.IsPackage.Column: "是", f.Maturity.Column: "C"})
	part := func(name, total string) Said {
		return Idea(name, "谋划", "乡村振兴", "农业农村局", total).And(Said{f.Package.Column: "和美乡村打包项目", f.IsPackage.Column: "否"})
	}
	park := Idea("标准化厂房二期", "开工", "产业", "三合园区",
		"36000").And(Said{f.Social.Column: "30000", f.Central.Column: "6000", f.Maturity.Column: "A", f.Secured.Column: "30000"})
	hospital := Idea("县医院门诊综合楼", "储备", "民生", "卫健局", "15800.25").And(Said{f.LongTerm.Column: "15800.25", f.Maturity.Column: "A"})
	if p == May {
		return []*ledger.Return{
			Sent(t, f.Name.Form, p, "交通运输局", 20, road.And(Said{f.Stage.Column: "谋划", f.Total.Column: "120000"}), Idea("旧桥危改工程", "储备", "基础设施", "交通局", "800")),
			Sent(t, f.Name.Form, p, "农业农村局", 21, village, part("许家庙村提升", "4000"), part("谢家井村提升", "5000")),
			Sent(t, f.Name.Form, p, "三合循环经济产业园区", 22, park.And(Said{f.Stage.Column: "储备"})),
			Sent(t, f.Name.Form, p, "卫生健康局", 22, hospital),
			Sent(t, f.Name.Form, p, "林业局", 22, Idea("国家储备林基地", "谋划", "生态", "林业局", "22000")),
		}
	}
	bridge := Idea("旧桥危改工程", "储备", "基础设施", "交通局", "800").And(Said{f.Leaving.Column: "投资主体未确定"})
	old := Sent(t, f.Name.Form, p, "交通运输局", 18, road)
	roads := Sent(t, f.Name.Form, p, "交通运输局", 24, road, bridge, Idea("站前广场停车综合体", "投产", "城建", "交通局、城管局", "4321.09"))
	late := Sent(t, f.Name.Form, p, "三合循环经济产业园区", 28, park, Idea("光伏产业园", "谋划", "新能源", "某指挥部", ""))
	health := Sent(t, f.Name.Form, p, "卫生健康局", 22, hospital.And(Said{f.Total.Column: "158002.5"}),
		hospital.And(Said{f.Name.Column: "疾控中心实验楼", f.Total.Column: "2600", f.LongTerm.Column: "2600"}))
	Finding(form.SecuredOverTotal, health, 4, f.Total.Column)
	Finding(rejected, health, 5, f.Name.Column)
	town := Sent(t, f.Name.Form, p, "博望街道", 22, Idea("标准化厂房二期", "开工", "产业", "三合园区", "36000"), Idea("莲花池公园", "开工", "城市更新", "博望街道办", "3000"))
	return []*ledger.Return{old, roads, Sent(t, f.Name.Form, p, "农业农村局", 21, village, part("许家庙村提升", "4000"), part("谢家井村提升", "5000")), late, health, town}
}

// rejected sends a row back.
var rejected = ledger.Declare("C99", ledger.Error, ledger.RejectRow, ledger.Level1, "test", ledger.Zh("试", "试"), ledger.En("test", "test"))

// Key is a row of 重点项目建设进展月报表.
func Key(name, level, class, unit, leader, plan, done, month string) Said {
	f := &form.Progress
	s := Said{
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
	unstarted := func(s Said, due string) Said {
		s = s.And(Said{f.PlanStart.Column: due, f.InStatistics.Column: "否"})
		delete(s, f.Start.Column)
		return s
	}
	north := Key("北环路建设项目", "市级", "续建", "县交通局", "样例领导01、样例领导02", "30000", "16500", "3000")
	south := Key("南沙湖路网工程", "市级", "新开工", "县交通局", "样例领导02", "20000", "5000.5",
		"1000").And(Said{f.Problems.Column: "征迁尚余12户未签约", f.Requests.Column: "请博望街道7月底前完成", f.InStatistics.Column: "否", f.Start.Column: "2024-03"})
	plant := Key("航空零部件产业园", "省级、市级", "续建", "航空经开区", "样例领导03", "80000", "44000", "9000")
	spring := unstarted(Key("双溪镇温泉康养", "市级", "新开工", "文旅局", "样例领导04", "10000", "0", "0"), "2024-03")
	early := unstarted(Key("智慧农业示范园", "市级", "前期", "农业农村局", "不在册领导", "", "", ""), "2025-01")
	small := Key("县城供水管网改造", "省级", "续建", "城投集团", "样例领导03", "6000", "3000", "500").And(Said{f.Total.Column: "499"})
	if p == May {
		return []*ledger.Return{
			Sent(t, f.Name.Form, p, "交通运输局", 20, north.And(Said{f.YearToDate.Column: "13500", f.YearPlan.Column: "28000"}),
				south.And(Said{f.YearToDate.Column: "4000.5"})),
			Sent(t, f.Name.Form, p, "航空经济技术开发区", 20, plant.And(Said{f.YearToDate.Column: "35000"})),
			Sent(t, f.Name.Form, p, "文化和旅游局", 20, spring),
			Sent(t, f.Name.Form, p, "城市建设投资集团", 20, small.And(Said{f.YearToDate.Column: "2500"})),
		}
	}
	return []*ledger.Return{
		Sent(t, f.Name.Form, p, "交通运输局", 20, north, south),
		Sent(t, f.Name.Form, p, "航空经济技术开发区", 20, plant),
		Sent(t, f.Name.Form, p, "文化和旅游局", 20, spring),
		Sent(t, f.Name.Form, p, "农业农村局", 20, early),
	}
}

// Months are May, the first month, and June after it, with all returns and a Sum of its own.
func Months(t testing.TB) (first, second *consolidate.Month) {
	first = Reconcile(t, May, nil, AllReturns(t, May)...)
	second = Reconcile(t, June, first, AllReturns(t, June)...)
	second.Sum = strings.Repeat("fedcba9876543210", 4) // else goldens would follow the columns of the forms
	return first, second
}

// Many is a month whose ledger takes several pages.
func Many(t testing.TB) *consolidate.Month {
	f := &form.Reserve
	var rows []Said
	for i := range 120 {
		rows = append(rows, Idea(fmt.Sprintf("第%d号谋划储备项目（含配套基础设施）", i+1), []string{"谋划", "储备", "开工", "投产"}[i%4], "产业", "经贸局", fmt.Sprint(1000+i*i)))
	}
	return Reconcile(t, June, nil, Sent(t, f.Name.Form, June, "经济贸易局", 20, rows...))
}

// DisputedMonth is a month in which departments speak of one another's projects: a pair that
// may be one, a field that is open, one that authority settles, and a part that agrees.
func DisputedMonth(t testing.TB) *consolidate.Month {
	t.Helper()
	r := &form.Reserve
	project := func(name, total string) Said {
		return Said{r.Name.Column: name, r.Total.Column: total, r.Stage.Column: "储备", r.Field.Column: "产业发展", r.Place.Column: "柳林镇",
			r.Department.Column: "经济贸易局", r.Owner.Column: "供销社"}
	}
	reserve := r.Name.Form
	return Reconcile(t, June, nil,
		Sent(t, reserve, June, "经济贸易局", 20, project("柳林镇冷链物流园", "8000"), project("新华大桥", "500")),
		Sent(t, reserve, June, "柳林镇", 20, project("柳林镇冷链物流园（一期）", "8000"), project("新华大桥", "900"), project("青龙水厂", "300")),
		Sent(t, reserve, June, "发展和改革局", 20, project("新华大桥", "700")),
		Sent(t, reserve, June, "原公镇", 20, project("青龙水厂", "400")))
}
