package store

import (
	"context"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

func saved(t fataler, s *Store, returns ...*ledger.Return) {
	t.Helper()
	if len(returns) == 0 {
		return
	}
	if err := save(context.Background(), s, returns...); err != nil {
		t.Fatal(err)
	}
}

func there(t fataler, s *Store, region string) []*ledger.Return {
	t.Helper()
	returns, err := s.Returns(context.Background(), region, june)
	if err != nil {
		t.Fatal(err)
	}
	return returns
}

func TestWhatIsSavedIsThere(t *testing.T) {
	property(t, func(t *rapid.T, s *Store, region string) {
		want := returnsOf(t, region)
		saved(t, s, want...)
		same(t, "returns", want, there(t, s, region))
	})
}

// Headers are the same returns without their rows and findings, of the months asked for.
func TestHeaders(t *testing.T) {
	property(t, func(t *rapid.T, s *Store, region string) {
		want := returnsOf(t, region)
		for i, r := range want {
			r.Period = june.Add(-i % 2)
		}
		slices.SortStableFunc(want, byKey)
		saved(t, s, want...)
		for _, r := range want {
			r.Records, r.Findings = nil, nil
		}
		got, err := s.Headers(context.Background(), region, june, june.Add(-1))
		if err != nil {
			t.Fatal(err)
		}
		same(t, "headers", want, got)
		may := slices.DeleteFunc(want, func(r *ledger.Return) bool { return r.Period == june })
		if got, err = s.Headers(context.Background(), region, june.Add(-1)); err != nil {
			t.Fatal(err)
		}
		same(t, "headers of May", may, got)
	})
}

func TestTwiceIsOnceInAnyOrder(t *testing.T) {
	property(t, func(t *rapid.T, s *Store, region string) {
		want := returnsOf(t, region)
		err := alone(s, region, func(l *Lock) (err error) {
			for _, r := range rapid.Permutation(want).Draw(t, "shuffled") {
				err = errors.Join(err, l.Save(context.Background(), []*ledger.Return{r}))
			}
			return errors.Join(err, l.Save(context.Background(), rapid.Permutation(want).Draw(t, "again")))
		})
		if err != nil {
			t.Fatal(err)
		}
		same(t, "returns", want, there(t, s, region))
	})
}

func TestAReturnIsReplacedWhole(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		s, region := open(t, address), newRegion()
		old, other, otherVersion := sample(region, "交通运输局", "a"), sample(region, "水利局", "a"), sample(region, "交通运输局", "b")
		old.Findings = []ledger.Finding{{Code: form.OverPlan}, {Code: form.OverTotal}}
		saved(t, s, old, other, otherVersion)

		renewed := sample(region, "交通运输局", "a")
		renewed.File, renewed.Nil, renewed.Records = "改名.xlsx", true, renewed.Records[1:]
		renewed.Findings = []ledger.Finding{{Code: form.OverTotal}}
		saved(t, s, renewed)
		same(t, "returns", []*ledger.Return{renewed, otherVersion, other}, there(t, s, region))
	})
}

func TestAReturnKeepsTheStateOfTheLastMerge(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		s, region := open(t, address), newRegion()
		r := sample(region, "交通运输局", "a")
		saved(t, s, r)
		judged := *r
		judged.Version, judged.State = 2, ledger.Superseded
		if err := merge(context.Background(), s, &ledger.Month{Region: region, Period: june, Returns: []*ledger.Return{&judged}}); err != nil {
			t.Fatal(err)
		}
		saved(t, s, r)
		same(t, "returns", []*ledger.Return{&judged}, there(t, s, region))
	})
}

func TestOfOneContentTheEarliestDeliveryIsKept(t *testing.T) {
	region := newRegion()
	delivery := func(file string, received, prepared ledger.Date) *ledger.Return {
		r := sample(region, "交通运输局", "a")
		r.File, r.Received, r.Prepared = file, received, prepared
		return r
	}
	second, third, unknown := ledger.Date{Year: 2024, Month: 7, Day: 2}, ledger.Date{Year: 2024, Month: 7, Day: 3}, ledger.Date{}
	for name, test := range map[string]struct{ kept, other *ledger.Return }{
		"received earlier":              {delivery("b", second, third), delivery("a", third, second)},
		"received, the other unknown":   {delivery("b", third, third), delivery("a", unknown, second)},
		"prepared earlier":              {delivery("b", unknown, second), delivery("a", unknown, third)},
		"prepared, the other undated":   {delivery("b", unknown, third), delivery("a", unknown, unknown)},
		"no dates: by name of the file": {delivery("a", unknown, unknown), delivery("b", unknown, unknown)},
	} {
		for order, returns := range map[string][]*ledger.Return{"": {test.kept, test.other}, ", the other way round": {test.other, test.kept}} {
			t.Run(name+order, func(t *testing.T) { same(t, "kept", []*ledger.Return{test.kept}, distinct(returns)) })
		}
	}
}

func TestReturnsAreOrderedAsBytes(t *testing.T) {
	departments := []string{"B", "_", "a", "Á", "交通运输局", "县交通运输局", "水利局", "𠮷"}
	everywhere(t, func(t *testing.T, address string) {
		s, region := open(t, address), newRegion()
		err := alone(s, region, func(l *Lock) (err error) {
			for _, department := range slices.Backward(departments) {
				err = errors.Join(err, l.Save(context.Background(), []*ledger.Return{sample(region, department, "a")}))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range there(t, s, region) {
			got = append(got, r.Department)
		}
		same(t, "departments", departments, got)
	})
}

// A file's name may be of any bytes; what the databases cannot keep is shown as �.
func TestTextThatNoDatabaseKeeps(t *testing.T) {
	const found, kept = "\xb3\xc7\x00固", "���固"
	everywhere(t, func(t *testing.T, address string) {
		s, region := open(t, address), newRegion()
		r, want := sample(region, "交通运输局"+found, found), sample(region, "交通运输局"+kept, kept)
		for text, r := range map[string]*ledger.Return{found: r, kept: want} {
			r.File, r.FileSHA256, r.Sheet, r.Filler, r.Unit = text, text, text, text, text
			r.Findings = []ledger.Finding{{Code: form.OverPlan, File: text, Found: text}}
			r.Records[0].Extra = map[string]string{text: text}
			r.Records[0].Set(form.Progress.Name.Index, ledger.Field{Value: ledger.Words(text), Raw: text, Did: text, Unit: text, Sheet: text})
		}
		saved(t, s, r)
		same(t, "returns", []*ledger.Return{want}, there(t, s, region))

		m := &ledger.Month{Region: region, Period: june, Returns: []*ledger.Return{r}, Standing: []ledger.Standing{standing(r, 0)}, Findings: r.Findings}
		if err := merge(context.Background(), s, m); err != nil {
			t.Fatal(err)
		}
		got, err := s.Standing(context.Background(), region, june)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "rows in force", []ledger.Standing{standing(want, 0)}, got)
	})
}

func TestSaveOfAFormThatIsNotThere(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		s, region := open(t, address), newRegion()
		unknown := sample(region, "水利局", "a")
		unknown.Form = "rainfall"
		if err := save(context.Background(), s, sample(region, "交通运输局", "a"), unknown); err == nil {
			t.Error("saved")
		}
		same(t, "returns", []*ledger.Return{}, there(t, s, region))
	})
}
