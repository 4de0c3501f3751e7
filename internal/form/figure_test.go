package form_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/form"
)

// The names that scripts read tell amounts from rates, and leaders read each kind in its unit.
func TestFiguresAreWhatTheirNamesSay(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range form.All() {
		for _, figure := range f.Figures {
			kind, units := form.Things, []string{"个", "人", "份", "件", "家", "次", "项", "亩"}
			switch {
			case strings.HasSuffix(figure.Name, "_fen"):
				kind, units = form.Fen, []string{"亿元"}
			case strings.HasSuffix(figure.Name, "_bp"):
				kind, units = form.BasisPoints, []string{"%"}
			}
			if figure.Kind != kind || !slices.Contains(units, figure.Unit) {
				t.Errorf("%s is of kind %d in %s", figure.Name, figure.Kind, figure.Unit)
			}
			if !strings.HasPrefix(figure.Name, f.ID+".") || seen[figure.Name] || figure.Title == "" {
				t.Errorf("%s is of %s: its name begins with the form's, is its own, and it has a title", figure.Name, f.ID)
			}
			seen[figure.Name] = true
			if figure.IfAny != "" && !seen[figure.IfAny] {
				t.Errorf("%s is listed by %s, which there is not before it", figure.Name, figure.IfAny)
			}
			if _, found := form.FigureNamed(figure.Name); found.Title != figure.Title {
				t.Errorf("%s is found as %s", figure.Name, found.Title)
			}
		}
	}
}

// In January a figure of the year has no month before; others have.
func TestFiguresOfTheYear(t *testing.T) {
	var ofYear []string
	for _, f := range form.All() {
		for _, figure := range f.Figures {
			if figure.OfYear {
				ofYear = append(ofYear, strings.TrimPrefix(figure.Name, "progress."))
			}
		}
	}
	want := []string{"year_plan_fen", "year_to_date_fen", "provincial.year_plan_fen", "provincial.year_to_date_fen", "municipal.year_plan_fen",
		"municipal.year_to_date_fen", "county.year_plan_fen", "county.year_to_date_fen", "statistics.year_to_date_fen"}
	if !slices.Equal(ofYear, want) {
		t.Errorf("%q", ofYear)
	}
}

// The figures of the county's own projects are listed only if there are any, those of unstated sums of
// signed projects only if some are unstated.
func TestFiguresIfAny(t *testing.T) {
	got := map[string]string{}
	for _, f := range form.All() {
		for _, figure := range f.Figures {
			if figure.IfAny != "" {
				got[figure.IfAny] += strings.TrimPrefix(figure.Name, f.ID+".") + " "
			}
		}
	}
	want := map[string]string{
		"progress.county.projects": "county.projects county.started county.year_plan_fen county.year_to_date_fen ",
		"signing.unstated":         "unstated both_investment_fen both_funds_fen ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
