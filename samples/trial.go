package samples

import (
	"fmt"
	"slices"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A trial is a return of one unit to be handed in by hand, after the month's own.
type trial struct {
	path     string
	sample   *sample
	troubles []*trouble
}

// trialUnit is whose returns the trials are.
const trialUnit = "交通运输局"

// trials are in the order in which they are handed in: one that is wrong, the same corrected, and one in which the first project
// has another name, so that somebody is asked whether it is the same.
var trials = []trial{
	{"1 交通局6月进展（有错）.xlsx", progressSample, []*trouble{
		{months: inJune, unit: trialUnit, codes: "C01", what: "本月完成投资填的是约数", at: prog.ThisMonth.Column, fits: moving,
			do: writes(prog.ThisMonth.Column, "约40")},
		{months: inJune, unit: trialUnit, codes: "V21", what: "累计完成投资比上月少，没有说明", at: prog.YearToDate.Column, fits: moving,
			do: changes(func(r *ledger.Record) { rewrite(r, lastMonth(r)-tenth(lastMonth(r))) })},
		{months: inJune, unit: trialUnit, codes: "V02", what: "没有填项目名称", at: prog.Name.Column, fits: stated(prog.Name.Column),
			do: writes(prog.Name.Column, "")},
	}},
	{"2 交通局6月进展（改好）.xlsx", progressSample, nil},
	{"3 交通局6月储备（一个项目改了名）.xlsx", reserveSample, []*trouble{
		{months: inJune, unit: trialUnit, what: "原名上元观镇金星危桥改造工程", at: form.Reserve.Name.Column, fits: says(form.Reserve.Name.Column, "上元观镇金星危桥改造工程"),
			do: changes(becomes(form.Reserve.Name.Column, "上元观镇金星公路危桥拆除重建"))},
	}},
}

// Trials makes returns for June to try the window with: they are dated after those of the month that the same plan makes.
func Trials(p Plan) ([]File, error) {
	s, err := p.scene()
	if err != nil {
		return nil, err
	}
	unit, known := s.county.Unit(trialUnit)
	if !known || s.month() != 6 {
		return nil, fmt.Errorf("sample to try: it is of %s in a June", trialUnit)
	}
	then := *s
	then.period = s.period.Add(-1)
	var all []File
	for _, t := range trials {
		hand := slices.IndexFunc(s.county.Owes(t.sample.form.ID), func(u county.Unit) bool { return u.Name == trialUnit })
		f := s.filing(t.sample, unit, max(hand, 0), t.sample.tell(s).rows[trialUnit])
		f.prepared.Day = 27
		if err := f.plant(t.troubles, s.month(), nil, t.sample.tell(&then).rows[trialUnit]); err != nil {
			return nil, err
		}
		content, err := workbook([]*page{f.sheet()}, f.filler, f.prepared)
		if err != nil {
			return nil, fmt.Errorf("sample to try, %s: %w", t.path, err)
		}
		all = append(all, File{t.path, content})
	}
	return all, nil
}
