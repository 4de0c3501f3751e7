package form_test

import (
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

var (
	settings = county.Default().Settings()
	june     = ledger.Period{Year: 2024, Month: 6}
	january  = ledger.Period{Year: 2024, Month: 1}
)

// A scene is a row with its past, as a rule sees it: valid but for what a test changes.
type scene struct {
	of              *form.Form
	period          ledger.Period
	now, may, april *ledger.Record // may and april: one and two months before
}

func (s *scene) env() *form.Env {
	return &form.Env{Period: s.period, Now: s.now, Past: []*ledger.Record{s.may, s.april}, Settings: settings}
}

// set writes a value into a column: 万元 for amounts, percent for rates, text for the rest;
// "" is blank.
func set(c *form.Column, r *ledger.Record, text string) {
	c.Set(r, value(c, text))
}

func value(c *form.Column, text string) ledger.Value {
	scale := int64(0)
	switch c.Type {
	case form.AmountType:
		scale = int64(ledger.TenThousandYuan)
	case form.RateType:
		scale = form.RateScale / 100
	case form.CountType:
		scale = form.CountScale
	}
	switch {
	case text == "":
		return ledger.Value{}
	case c.Type == form.FlagType:
		return ledger.Number(map[string]int64{"是": 1, "否": 0}[text])
	case scale == 0:
		return ledger.Words(text)
	}
	n, err := ledger.ParseDecimal(text, scale)
	if err != nil {
		panic(err)
	}
	return ledger.Number(n)
}

// filled makes a record of a form from values by column ID.
func filled(f *form.Form, values map[string]string) *ledger.Record {
	r := ledger.Record{}
	for id, text := range values {
		set(f.Column(id), &r, text)
	}
	return &r
}

// goodProgress is a continued project on schedule, whose rules all hold or have nothing to judge.
func goodProgress(change func(s *scene)) *scene {
	f := form.Progress.Name.Form
	row := func(thisMonth, toDate, sinceStart, share, appearance string) *ledger.Record {
		return filled(f, map[string]string{
			"name": "滨江路改造", "code": "2401-610722-04-01-100012", "level": "市级", "class": "续建", "years": "2023-03/2025-12",
			"total": "5000", "before_year": "1000", "year_plan": "2000", "this_month": thisMonth, "year_to_date": toDate,
			"since_start": sinceStart, "plan_share": share, "appearance": appearance, "plan_start": "2023-03", "start": "2023-03-15",
			"plan_finish": "2025-12", "in_statistics": "是", "department": "住房和城乡建设局", "leader": "样例领导01",
		})
	}
	s := &scene{f, june, row("200", "1100", "2100", "55", "路面完成60%"), row("200", "900", "1900", "45", "路面完成50%"), row("200", "700", "1700", "35", "路面完成40%")}
	if change != nil {
		change(s)
	}
	return s
}

// goodReserve is a project of the reserve with some of its permits.
func goodReserve(change func(s *scene)) *scene {
	f := form.Reserve.Name.Form
	row := func() *ledger.Record {
		return filled(f, map[string]string{
			"name": "物流园", "field": "产业发展", "stage": "储备", "place": "三合镇", "content": "仓库2万平方米", "total": "8000",
			"bonds": "3000", "social": "5000", "secured": "1000", "feasibility": "已完成", "approval": "已完成", "land": "办理中",
			"planning": "未启动", "environment": "未启动", "maturity": "B", "department": "经济贸易局", "is_package": "否",
		})
	}
	s := &scene{f, june, row(), row(), row()}
	if change != nil {
		change(s)
	}
	return s
}
