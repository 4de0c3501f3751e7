package identity

import "testing"

// Of two rows of one voice the lesser and the greater total, of the same the first; one that is not known is neither.
func TestLesserAndGreater(t *testing.T) {
	for _, test := range []struct {
		name, a, b      string
		lesser, greater string // the department
	}{
		{"one is less", "total=1", "total=2", "a", "b"},
		{"one is more", "total=2", "total=1", "b", "a"},
		{"the same", "total=1", "total=1", "a", "a"},
		{"the first is not known", "unknown=5", "total=1", "b", "b"},
		{"the second is not known", "total=1", "unknown=5", "a", "a"},
		{"the second is not known, or less", "total=5", "unknown=1", "a", "a"},
	} {
		a, b := rowOf("a", test.a), rowOf("b", test.b)
		if less, more := lesser(a, b), greater(a, b); less.Department != test.lesser || more.Department != test.greater {
			t.Errorf("%s: %s and %s, want %s and %s", test.name, less.Department, more.Department, test.lesser, test.greater)
		}
	}
}

// Voices are added up the same whichever are more, and speak by their least and their greatest total.
func TestVoices(t *testing.T) {
	row := func(name, total string) Row { return rowOf("", "name="+name, "total="+total) }
	few := voicesOf(row("冷库", "200"))
	many := voicesOf(row("冷库", "100")).with(voicesOf(row("冷库", "300"))).with(voicesOf(row("粮仓", "250")))
	wide := voicesOf(row("冷库", "100")).with(voicesOf(row("冷库", "300")))
	for _, all := range []voices{few.with(many), voicesOf(row("粮仓", "250")).with(voicesOf(row("冷库", "200"))).with(wide)} {
		for total, want := range map[string]bool{"148": true, "150": false, "201": false, "202": true} {
			other := voicesOf(row("公路", total))
			if all.against(other) != want || other.against(all) != want {
				t.Errorf("%d voices are against a total of %s: %v", len(all), total, !want)
			}
		}
	}
}
