package samples

import (
	"fmt"
	"slices"
	"strings"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// trips and met say how many trips there are in each month of the year and how many
// enterprises they meet: in June 17 and, for the 60余 that were published, 63.
var (
	trips = [13]int{1: 6, 2: 5, 3: 14, 4: 12, 5: 13, 6: 17, 7: 11, 8: 9, 9: 14, 10: 12, 11: 15, 12: 8}
	met   = [13]int{1: 19, 2: 16, 3: 48, 4: 41, 5: 45, 6: 63, 7: 38, 8: 30, 9: 47, 10: 42, 11: 52, 12: 27}
)

// Where leaders go, and what they are looking for there.
var (
	cities = strings.Fields("西安市 杭州市 苏州市 深圳市 成都市 无锡市 东莞市 重庆市 上海市 宁波市")
	trades = strings.Fields("智能装备 航空零部件 精密机械 新材料 中药材 食品 电子 包装 医疗器械 冷链物流 文旅 环保")
)

// prom are the columns, for short.
var prom = &form.Promotion

var _ = newSample(sample{form: prom.Head.Form, tell: tellPromotion, hands: promotionHands, troubles: promotionTroubles})

// tellPromotion tells the trips of the month. Every fifth is a joint one: it stands twice,
// once for each leader, and counts once. One is led by nobody of the roster, one counts the
// enterprises that it met instead of naming them, and one names the first of several.
func tellPromotion(s *scene) *telling {
	t := newTelling()
	of := trips[s.month()]
	for i := range of {
		r := s.trip(i, of)
		var wrong []*trouble
		switch i {
		case 2:
			put(&r, prom.Head, person(roll(s.seed, "招商", s.period.String())))
			wrong = append(wrong, &trouble{codes: "M26", what: "带队的不是县级领导", at: prom.Head.Column})
		case 3:
			put(&r, prom.Enterprises, "10余家")
			wrong = append(wrong, &trouble{codes: "V65", what: "拜访企业填的是数量", at: prom.Enterprises.Column})
		case 4:
			put(&r, prom.Enterprises, prom.Enterprises.Of(&r)+"等3家企业")
			wrong = append(wrong, &trouble{codes: "V65", what: "拜访企业没有写全，以“等3家”代替", at: prom.Enterprises.Column})
		}
		t.say("招商服务中心", r, wrong...)
		if i%5 == 0 {
			partner := r
			put(&partner, prom.Head, s.traveller(i+16))
			set(&partner, prom.Intent, ledger.Value{})
			t.say("招商服务中心", partner)
		}
	}
	t.figures["promotion.activities"] = int64(of)
	t.figures["promotion.enterprises"] = int64(met[s.month()])
	return t
}

// trip is the i-th of so many trips: two or three days, never into the next month.
func (s *scene) trip(i, of int) ledger.Record {
	d := roll(s.seed, "招商", s.period.String(), fmt.Sprint(i))
	r := ledger.Record{}
	first := 1 + i*13/of
	put(&r, prom.Head, s.traveller(i))
	if i%4 == 1 && i%5 != 0 {
		put(&r, prom.Companions, s.traveller(i+9)+"、"+s.traveller(i+20))
	}
	put(&r, prom.Department, pick(d, []string{"招商服务中心", "招商服务中心", "经济贸易局", "文化和旅游局", "农业农村局"}))
	put(&r, prom.Start, s.day(s.month(), first).String())
	put(&r, prom.End, s.day(s.month(), first+d.between(1, 2)).String())
	put(&r, prom.Destination, s.destination(i))
	put(&r, prom.Activity, strings.TrimSuffix(s.destination(i), "市")+trades[(i*5+s.month())%len(trades)]+"产业招商对接")
	put(&r, prom.Enterprises, strings.Join(s.enterprises(i, of), "、"))
	put(&r, prom.Contact, person(d))
	if i%3 != 2 {
		set(&r, prom.Intent, money(int64(d.between(2, 60))*500))
	}
	put(&r, prom.Outcome, pick(d, []string{"达成初步合作意向，企业拟来县考察", "交流产业政策和要素条件，持续跟进", "就投资规模、用地需求深入洽谈", "签订合作备忘录"}))
	return r
}

func (s *scene) traveller(n int) string {
	return s.county.Leaders[(n*3+s.month()*5)%len(s.county.Leaders)].Name
}

func (s *scene) destination(i int) string { return cities[(i+s.month())%len(cities)] }

// enterprises are those that a trip meets. The month's are dealt to all trips but the one
// that only counts them; a second trip to a city calls again on one that the first met.
func (s *scene) enterprises(trip, of int) []string {
	place := trip
	if trip > 3 {
		place--
	}
	var names []string
	for n := place; n < met[s.month()]; n += of - 1 {
		names = append(names, s.enterprise(trip, len(names)))
	}
	if first := trip - len(cities); first >= 0 && first != 3 {
		names = append(names, s.enterprise(first, 0))
	}
	return names
}

// enterprise is the n-th that a trip meets, of the city that it goes to.
func (s *scene) enterprise(trip, n int) string {
	trade := trades[(trip/len(cities)*5+n)%len(trades)]
	return strings.TrimSuffix(s.destination(trip), "市") + "样例" + trade + "有限公司"
}

var promotionHands = []hand{
	{ // firms below one another, dates in two columns under one heading
		file: "{县}{年}年{月}月招商活动晾晒.xlsx", sheet: "招商活动", font: "仿宋",
		title: "{县}招商活动月晾晒表\n（{期}，样例数据）", lines: []string{"填报单位：{单位}|填报日期：{日}|单位：{量}"},
		columns: slices.Concat([]column{running, col(prom.Head.Column, "带队领导"), col(prom.Companions.Column, "同行人员"),
			col(prom.Department.Column, "牵头单位"), by(dayDotted, prom.Start.Column, "时间/开始"), by(dayDotted, prom.End.Column, "时间/结束"),
			col(prom.Destination.Column, "招商地点"), col(prom.Activity.Column, "活动名称"), by(lined, prom.Enterprises.Column, "拜访（对接）企业名称"),
			col(prom.Contact.Column, "接洽人"), col(prom.Intent.Column, "意向投资额"), col(prom.Outcome.Column, "取得成效")}, cols(prom.Remark.Column)),
		totals: totalLast, notes: []string{"注：本表为样例数据，企业和人员均为虚构。"},
	},
}

// alone are trips that stand once, with the companions named.
var alone = all(stated(prom.Companions.Column), stated(prom.Intent.Column))

var promotionTroubles = []*trouble{
	{months: inMay, unit: "招商服务中心", codes: "V41", what: "上个月的活动报在了本月", at: prom.Start.Column, fits: alone, do: func(f *filing, i int) *row {
		before := f.period.Add(-1)
		put(&f.rows[i].Record, prom.Start, ledger.Date{Year: before.Year, Month: before.Month, Day: 8}.String())
		put(&f.rows[i].Record, prom.End, ledger.Date{Year: before.Year, Month: before.Month, Day: 10}.String())
		return nil
	}},
	{months: inJune, unit: "招商服务中心", codes: "C18", what: "第一行就写“同上”", at: prom.Companions.Column, fits: blank(prom.Companions.Column),
		do: writes(prom.Companions.Column, "同上")},
	{months: inJune, unit: "招商服务中心", codes: "V02", what: "两位领导同行，第二行没有填领导", at: prom.Head.Column, fits: blank(prom.Intent.Column),
		do: writes(prom.Head.Column, "")},
	{months: inJune, unit: "招商服务中心", codes: "V08", what: "结束日期早于开始日期", at: prom.End.Column, fits: alone, do: changes(func(r *ledger.Record) {
		end := prom.End.Of(r)
		put(r, prom.End, ledger.Date{Year: end.Year - 1, Month: end.Month, Day: end.Day}.String())
	})},
	{months: inJune, unit: "招商服务中心", codes: "C01", what: "意向投资填的是约数", at: prom.Intent.Column, fits: stated(prom.Intent.Column),
		do: writes(prom.Intent.Column, "约3-5亿元")},
	{months: inJune, unit: "招商服务中心", codes: "V09", what: "意向投资额为负数", at: prom.Intent.Column, fits: stated(prom.Intent.Column),
		do: changes(func(r *ledger.Record) {
			set(r, prom.Intent, money(-500))
		})},
	{months: inJune, unit: "招商服务中心", codes: "V20", what: "牵头单位不在名单中", at: prom.Department.Column, fits: stated(prom.Intent.Column),
		do: writes(prom.Department.Column, "县招商专班")},
	{months: inJune, unit: "招商服务中心", codes: "V01", what: "没有填目的地", at: prom.Destination.Column, fits: alone, do: writes(prom.Destination.Column, "")},
}
