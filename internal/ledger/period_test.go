package ledger

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestParsePeriod(t *testing.T) {
	for text, want := range map[string]Period{
		"2024-06": {2024, 6}, "2024-12": {2024, 12}, "2024-13": {}, "2024-00": {}, "2024-6": {}, "2024": {}, "2024-06-01": {}, "六月": {}, "": {},
	} {
		got, err := ParsePeriod(text)
		if got != want || (err == nil) != (want != Period{}) {
			t.Errorf("ParsePeriod(%q) = %v, %v", text, got, err)
		}
	}
}

func TestPeriod(t *testing.T) {
	june := Period{2024, 6}
	for _, test := range []struct{ name, got, want string }{
		{"as titles write it", june.Chinese(), "2024年6月"},
		{"the month after", june.Add(1).String(), "2024-07"},
		{"over the year", Period{2024, 12}.Add(1).String(), "2025-01"},
		{"back over the year", Period{2024, 1}.Add(-1).String(), "2023-12"},
		{"a year back", june.Add(-12).String(), "2023-06"},
		{"last day", june.End().String(), "2024-06-30"},
		{"last day of December", Period{2024, 12}.End().String(), "2024-12-31"},
		{"last day of a leap February", Period{2024, 2}.End().String(), "2024-02-29"},
		{"last day of February", Period{2023, 2}.End().String(), "2023-02-28"},
	} {
		if test.got != test.want {
			t.Errorf("%s: %s, want %s", test.name, test.got, test.want)
		}
	}
	if !(Period{2023, 12}).Less(june) || june.Less(june) || june.IsZero() || !(Period{}).IsZero() {
		t.Error("order of periods")
	}
}

func TestPeriodAddAndSince(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Period{rapid.IntRange(1990, 2090).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month")}
		months := rapid.IntRange(-500, 500).Draw(t, "months")
		q := p.Add(months)
		if q.Since(p) != months || q.Add(-months) != p || q.Month < 1 || q.Month > 12 || q.Less(p) != (months < 0) {
			t.Fatalf("%v and %d months are %v", p, months, q)
		}
		if back, err := ParsePeriod(q.String()); err != nil || back != q || q.End().Period() != q {
			t.Fatalf("%v is written %s and ends %s", q, q, q.End())
		}
	})
}

func TestDate(t *testing.T) {
	for _, test := range []struct{ name, text, first, last, period string }{
		{"a day", "2024-06-18", "2024-06-18", "2024-06-18", "2024-06"},
		{"a month", "2024-02", "2024-02-01", "2024-02-29", "2024-02"},
		{"a year", "2024", "2024-01-01", "2024-12-31", "0000-00"},
	} {
		d, err := ParseDate(test.text)
		if err != nil || d.String() != test.text || d.First().String() != test.first || d.Last().String() != test.last || d.Period().String() != test.period {
			t.Errorf("%s: %v %v, from %v to %v, in %v", test.name, d, err, d.First(), d.Last(), d.Period())
		}
	}
	for _, text := range []string{"", "2024-6", "2024-02-30", "24", "2024.6", "2024-06-18T00:00", "待定"} {
		if d, err := ParseDate(text); err == nil || !d.IsZero() {
			t.Errorf("ParseDate(%q) = %v", text, d)
		}
	}
	if (Date{}).String() != "" {
		t.Error("an unknown date is written as nothing")
	}
}

func TestNewDate(t *testing.T) {
	for _, test := range []struct {
		name             string
		year, month, day int
		exists           bool
	}{
		{"a day", 2024, 6, 30, true},
		{"a day the month does not have", 2024, 6, 31, false},
		{"a leap day", 2024, 2, 29, true},
		{"a leap day of no leap year", 2023, 2, 29, false},
		{"a month", 2024, 6, 0, true},
		{"a year", 2024, 0, 0, true},
		{"a day of no month", 2024, 0, 5, false},
		{"a thirteenth month", 2024, 13, 0, false},
		{"the first year", 1900, 1, 1, true},
		{"before the first year", 1899, 12, 31, false},
		{"the last year", 2999, 12, 31, true},
		{"beyond the last year", 3000, 1, 1, false},
		{"less than no month", 2024, -1, 0, false},
		{"less than no day", 2024, 1, -1, false},
	} {
		if _, exists := NewDate(test.year, test.month, test.day); exists != test.exists {
			t.Errorf("%s: %v", test.name, exists)
		}
	}
}

func TestSpan(t *testing.T) {
	if got := (Span{Date{2023, 3, 0}, Date{2025, 12, 0}}).String(); got != "2023-03/2025-12" {
		t.Error(got)
	}
	if got := (Span{From: Date{2023, 0, 0}}).String(); got != "2023/" {
		t.Error(got)
	}
}

// The days that are those that time knows.
func TestNewDateOfEachDay(t *testing.T) {
	for _, year := range []int{1900, 1999, 2000, 2023, 2024, 2100} {
		for month := range 14 {
			for day := range 33 {
				text := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
				if month > 0 && day == 0 {
					text = text[:7]
				}
				if month == 0 && day == 0 {
					text = text[:4]
				}
				want, err := ParseDate(text)
				got, exists := NewDate(year, month, day)
				if exists != (err == nil) || got != want || exists && got.String() != text {
					t.Errorf("%s: %v %v, want %v", text, got, exists, want)
				}
			}
		}
	}
}
