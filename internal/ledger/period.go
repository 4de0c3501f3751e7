package ledger

import (
	"fmt"
	"time"
)

// A Period is a month of reporting. Its figures are cumulative from January, and it is
// named by a return's title, never by a clock.
type Period struct{ Year, Month int }

// ParsePeriod reads "2024-06".
func ParsePeriod(text string) (Period, error) {
	at, err := time.Parse("2006-01", text)
	if err != nil {
		return Period{}, fmt.Errorf("period %q: a month is written like 2024-06", text)
	}
	return Period{at.Year(), int(at.Month())}, nil
}

func (p Period) String() string { return fmt.Sprintf("%04d-%02d", p.Year, p.Month) }

// Chinese is the month as titles write it: 2024年6月.
func (p Period) Chinese() string { return fmt.Sprintf("%d年%d月", p.Year, p.Month) }

// IsZero reports whether the period is not known.
func (p Period) IsZero() bool { return p == Period{} }

// Add moves by months, backwards if negative.
func (p Period) Add(months int) Period {
	n := p.Year*12 + p.Month - 1 + months
	return Period{n / 12, n%12 + 1}
}

// Since counts the months from q to p: 1 from May to June, negative when p is earlier.
func (p Period) Since(q Period) int { return (p.Year-q.Year)*12 + p.Month - q.Month }

// End is the last day of the month, the day that 数据截至 shows.
func (p Period) End() Date {
	last := time.Date(p.Year, time.Month(p.Month)+1, 0, 0, 0, 0, 0, time.UTC)
	return Date{p.Year, p.Month, last.Day()}
}

// Less orders periods in time.
func (p Period) Less(q Period) bool { return p.Since(q) < 0 }

// A Date is a day, a month (Day 0) or a year (Month and Day 0), as precise as the return
// gives it: 2024.6 is a month. The zero Date is unknown.
type Date struct{ Year, Month, Day int }

// ParseDate reads what String writes: "2024", "2024-06" or "2024-06-18".
func ParseDate(text string) (Date, error) {
	if at, err := time.Parse(time.DateOnly, text); err == nil {
		return Date{at.Year(), int(at.Month()), at.Day()}, nil
	}
	if at, err := time.Parse("2006-01", text); err == nil {
		return Date{at.Year(), int(at.Month()), 0}, nil
	}
	if at, err := time.Parse("2006", text); err == nil {
		return Date{at.Year(), 0, 0}, nil
	}
	return Date{}, fmt.Errorf("date %q: neither a day, a month nor a year", text)
}

// NewDate checks that the day exists; month and day may be 0 (not given).
func NewDate(year, month, day int) (Date, bool) {
	if year < 1900 || year > 2999 || month < 0 || month > 12 || day < 0 || month == 0 && day != 0 || day > daysIn(year, month) {
		return Date{}, false
	}
	return Date{year, month, day}, true
}

// daysIn is how many days a month has; none if there is no month.
func daysIn(year, month int) int {
	switch month {
	case 0:
		return 0
	case 2:
		if year%4 == 0 && year%100 != 0 || year%400 == 0 {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// String sorts in time among dates of one precision: "2024-06-18", "2024-06", "2024".
func (d Date) String() string {
	text := [...]byte{digit(d.Year / 1000), digit(d.Year / 100), digit(d.Year / 10), digit(d.Year),
		'-', digit(d.Month / 10), digit(d.Month), '-', digit(d.Day / 10), digit(d.Day)}
	switch {
	case d.Day != 0:
		return string(text[:])
	case d.Month != 0:
		return string(text[:7])
	case d.Year != 0:
		return string(text[:4])
	}
	return ""
}

// digit is the last digit of a number.
func digit(n int) byte { return '0' + byte(n%10) }

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d == Date{} }

// Serial is the day as workbooks hold it: days since 30 December 1899. The date must name a day.
func (d Date) Serial() int64 {
	const epoch = 25569 // 1 January 1970
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Unix()/(24*60*60) + epoch
}

// First is the earliest day that the date may mean; Last the latest.
func (d Date) First() Date { return Date{d.Year, max(d.Month, 1), max(d.Day, 1)} }

// Last is the latest day that the date may mean: 2024-06 ends on the 30th.
func (d Date) Last() Date {
	switch {
	case d.Day != 0:
		return d
	case d.Month != 0:
		return Period{d.Year, d.Month}.End()
	}
	return Date{d.Year, 12, 31}
}

// Period is the month the date falls in; a bare year has none.
func (d Date) Period() Period {
	if d.Month == 0 {
		return Period{}
	}
	return Period{d.Year, d.Month}
}

// A Span is a time from one date to another (建设起止年限); either end may be unknown.
type Span struct{ From, To Date }

// String is "2023-03/2025-12".
func (s Span) String() string { return s.From.String() + "/" + s.To.String() }
