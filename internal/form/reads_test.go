package form

import (
	"slices"
	"testing"
)

func TestReads(t *testing.T) {
	p, r := &Progress, &Reserve
	for _, test := range []struct {
		name       string
		expression any
		want       []*Column
	}{
		{"a column", p.Total, []*Column{p.Total.Column}},
		{"a comparison, as it is written", AtMost(p.YearPlan, p.Total), []*Column{p.YearPlan.Column, p.Total.Column}},
		{"parts of parts, each once", Both(AtMost(p.ThisMonth, p.YearToDate), Either(Stated(p.Start.Column), Not(AtMost(p.YearToDate, p.Total)))),
			[]*Column{p.ThisMonth.Column, p.YearToDate.Column, p.Start.Column, p.Total.Column}},
		{"a total: what is added up first", TotalOf(r.Total, Is(r.Stage, "开工")), []*Column{r.Total.Column, r.Stage.Column}},
		{"a count of all", CountOf(nil), nil},
		{"distinct values", DistinctOf(nil, Promotion.Start.Column, Promotion.End.Column), []*Column{Promotion.Start.Column, Promotion.End.Column}},
		{"a ratio", RatioOf(TotalOf(p.YearToDate, nil), TotalOf(p.YearPlan, nil)), []*Column{p.YearToDate.Column, p.YearPlan.Column}},
		{"one of two quantities", readable{p.Total, p.YearPlan}, []*Column{p.Total.Column, p.YearPlan.Column}},
		{"nothing", nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Reads(test.expression); !slices.Equal(got, test.want) {
				t.Errorf("reads %v, want %v", got, test.want)
			}
		})
	}
}

// Every published figure of a form reads columns of that form, or counts its rows.
func TestFiguresReadTheirForm(t *testing.T) {
	for _, f := range All() {
		for _, figure := range f.Figures {
			for _, c := range Reads(figure.Of) {
				if c.Form != f {
					t.Errorf("%s reads %s of %s", figure.Name, c.ID, c.Form.ID)
				}
			}
		}
	}
}

func TestLooksBack(t *testing.T) {
	p := &Progress
	for name, test := range map[string]struct {
		expression any
		want       int
	}{
		"the month alone":         {AtMost(p.YearPlan, p.Total), 0},
		"the month before":        {Given(AtLeast(p.YearToDate, Before(p.YearToDate)), Stated(p.Remark.Column)), 1},
		"whether it moved":        {NotBack(Reserve.Stage), 1},
		"further back":            {Given(MoreThan(p.YearToDate, SumOf(p.Total, BeforeBy(2, p.YearToDate))), Stated(p.Remark.Column)), 2},
		"unchanged for so long":   {Not(Called("有更新", Unchanged(p.Appearance.Column, 3))), 3},
		"the furthest of several": {Both(Unchanged(p.Appearance.Column, 2), NotBack(Reserve.Stage)), 2},
		"nothing":                 {nil, 0},
	} {
		if got := LooksBack(test.expression); got != test.want {
			t.Errorf("%s: %d months, want %d", name, got, test.want)
		}
	}
}
