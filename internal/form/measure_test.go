package form_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// said makes a row of a form: pairs of a column's ID and what it says. Texts are words,
// numbers are in the column's parts.
func said(t *testing.T, f *form.Form, pairs ...any) *ledger.Record {
	t.Helper()
	r := ledger.Record{}
	for i := 0; i < len(pairs); i += 2 {
		column := f.Column(pairs[i].(string))
		if column == nil {
			t.Fatalf("%s has no column %v", f.ID, pairs[i])
		}
		switch value := pairs[i+1].(type) {
		case string:
			column.Set(&r, ledger.Words(value))
		case int:
			column.Set(&r, ledger.Number(int64(value)))
		case ledger.Money:
			column.Set(&r, ledger.Number(int64(value)))
		default:
			t.Fatalf("%v: neither words nor a number", value)
		}
	}
	return &r
}

func envs(records ...*ledger.Record) []*form.Env {
	all := make([]*form.Env, len(records))
	for i, r := range records {
		all[i] = &form.Env{Period: june, Now: r}
	}
	return all
}

func TestMeasures(t *testing.T) {
	reserve := form.ByID("reserve")
	r := &form.Reserve
	rows := envs(
		said(t, reserve, "name", "甲", "place", "龙头镇", "stage", "谋划", "total", 30, "land_area", 10_000),
		said(t, reserve, "name", "乙", "place", "龙头 镇", "stage", "储备", "total", 30, "department", "发改局、交通局"),
		said(t, reserve, "name", "丙", "stage", "开工", "total", 45, "land_area", 15_000, "department", "文化、旅游局"),
		said(t, reserve, "name", "丁", "place", "文川镇", "department", "水利局"),
	)
	for _, e := range rows {
		e.Official = func(list, name string) string {
			return map[string]string{"l.发改局": "发展和改革局", "l.水利局": "水利局", "l.文化、旅游局": "文化和旅游局"}[list+"."+name]
		}
	}
	planned, reserved, started := form.Is(r.Stage, "谋划"), form.Is(r.Stage, "储备"), form.Is(r.Stage, "开工")
	unknown := form.ValueWhere(r.Total, form.Is(r.Stage, "投产"))
	for _, test := range []struct {
		name  string
		of    form.Measure
		want  int64
		known bool
		from  []int
	}{
		{"distinct, folded, blanks left out", form.DistinctOf(nil, r.Place.Column), 2, true, []int{0, 1, 3}},
		{"distinct together", form.DistinctOf(nil, r.Place.Column, r.Stage.Column), 4, true, []int{0, 1, 2, 3}},
		{"distinct of no rows", form.DistinctOf(form.Is(r.Stage, "投产"), r.Place.Column), 0, true, nil},
		{"names in cells", form.DistinctFirms(nil, r.Department), 5, true, []int{1, 2, 3}},
		{"names on a list, one of which has a 、 in it", form.DistinctListed(nil, "l", r.Department), 3, true, []int{1, 2, 3}},
		{"the one row's value", form.ValueWhere(r.Total, started), 45, true, []int{2}},
		{"two rows of one value", form.ValueWhere(r.Total, form.Either(planned, reserved)), 30, true, []int{0, 1}},
		{"two rows that differ", form.ValueWhere(r.Total, form.Either(planned, started)), 0, false, nil},
		{"no such row", unknown, 0, false, nil},
		{"a rate is in hundredths of a percent", form.ValueWhere(form.Share(r.LandArea, form.SumOf(r.LandArea, r.LandArea)), planned), 5000, true, []int{0}},
		{"half a thing is rounded away from zero", form.ValueWhere(r.LandArea, started), 2, true, []int{2}},
		{"a total is rounded once, a half away from zero", form.TotalOf(r.LandArea, nil), 3, true, []int{0, 2}},
		{"a total of whole things", form.TotalOf(r.LandArea, planned), 1, true, []int{0}},
		{"a ratio, rounded", form.RatioOf(form.CountOf(planned), form.CountOf(form.Not(planned))), 5000, true, []int{0, 1, 2}},
		{"a ratio of some to all of them, each row once", form.RatioOf(form.CountOf(started), form.CountOf(nil)), 2500, true, []int{0, 1, 2, 3}},
		{"a ratio over nothing", form.RatioOf(form.CountOf(nil), form.CountOf(form.Is(r.Stage, "投产"))), 0, false, nil},
		{"the first that is known", form.FirstKnown(unknown, form.ValueWhere(r.Total, started)), 45, true, []int{2}},
		{"none is known", form.FirstKnown(unknown, unknown), 0, false, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, known, from := test.of.Over(rows)
			if got != test.want || known != test.known || !slices.Equal(from, test.from) {
				t.Errorf("%s = %d (%v) from %v, want %d (%v) from %v", test.of, got, known, from, test.want, test.known, test.from)
			}
			if test.of.String() == "" {
				t.Error("prints nothing")
			}
		})
	}
}

// Where no list of the county is at hand a text names nothing of it.
func TestNoListAtHand(t *testing.T) {
	row := said(t, form.ByID("reserve"), "name", "甲", "department", "发改局、交通局")
	if got, known, from := form.DistinctListed(nil, "l", form.Reserve.Department).Over(envs(row)); got != 0 || !known || from != nil {
		t.Errorf("%d (%v) from %v", got, known, from)
	}
}

// figures holds all figures of a form over some rows; one that is not known is absent.
func figures(t *testing.T, f *form.Form, want map[string]int64, records ...*ledger.Record) {
	t.Helper()
	rows := envs(records...)
	got := map[string]int64{}
	for _, e := range rows {
		e.Official = county.Default().Official
	}
	for _, figure := range f.Figures {
		value, known, from := figure.Of.Over(rows)
		if !known {
			continue
		}
		got[figure.Name] = value
		for _, i := range from {
			if i < 0 || i >= len(rows) {
				t.Errorf("%s comes from row %d of %d", figure.Name, i, len(rows))
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("figures of %s (-want +got):\n%s", f.ID, diff)
	}
}
