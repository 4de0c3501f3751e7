package validate

import (
	"fmt"
	"slices"
	"time"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// weeks notes each week of the month without a 周调度. A week, Monday to Sunday, is of the
// month that its Thursday falls into. A meeting of which only the month is known may have
// been in any week: then nobody can tell.
func (b *between) weeks() {
	held := map[time.Time]bool{} // by the week's Thursday
	rows := b.each(dispatch)
	for _, row := range rows {
		if form.Dispatch.Kind.Of(row.Record) != "周调度" {
			continue
		}
		day := form.Dispatch.Day.Of(row.Record)
		if day.Day == 0 {
			return
		}
		held[thursday(day)] = true
	}
	if len(rows) == 0 {
		return
	}
	for day := 1; day <= b.period.End().Day; day++ {
		at := ledger.Date{Year: b.period.Year, Month: b.period.Month, Day: day}
		if of := thursday(at); of == date(at) && !held[of] {
			monday, sunday := of.AddDate(0, 0, -3), of.AddDate(0, 0, 3)
			b.wants(WeekWithout, dispatch, "", fmt.Sprintf("%d月%d日至%d月%d日", monday.Month(), monday.Day(), sunday.Month(), sunday.Day()), "")
		}
	}
}

// date is a day of which the day of the month is known.
func date(d ledger.Date) time.Time {
	at, _ := time.Parse(time.DateOnly, d.String())
	return at
}

// thursday is that of a day's week.
func thursday(d ledger.Date) time.Time {
	at := date(d)
	return at.AddDate(0, 0, 3-(int(at.Weekday())+6)%7)
}

// quarter notes, in its last month, a quarter without a 季观摩. A month of the quarter of
// which nothing is known may have had one.
func (b *between) quarter(earlier [][]ledger.Standing) {
	rows := b.each(dispatch)
	if b.period.Month%3 != 0 || len(rows) == 0 || len(earlier) < 2 {
		return
	}
	for _, month := range earlier[:2] {
		known := len(rows)
		for i := range month {
			if month[i].Form == dispatch.ID {
				rows = append(rows, &month[i])
			}
		}
		if len(rows) == known {
			return
		}
	}
	if !slices.ContainsFunc(rows, func(row *ledger.Standing) bool { return form.Dispatch.Kind.Of(row.Record) == "季观摩" }) {
		b.wants(QuarterWithout, dispatch, "", fmt.Sprintf("%d年第%d季度", b.period.Year, b.period.Month/3), "")
	}
}
