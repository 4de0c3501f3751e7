package job

import (
	"context"
	"time"

	"huizong/consolidate/store"
	"huizong/internal/ledger"
)

// A Deed is what somebody did in the window, or let others do there. What is blank is not known or does not apply.
type Deed struct {
	Number int       // from 1 on, without a gap
	At     time.Time // to the second
	Who    string    // the name of a Person; of deeds of the command line, that of the user of the machine
	Role   Role
	From   string // the address
	Deed   DeedKind
	Period ledger.Period
	About  string // what it was done to, for people to read
}

// A DeedKind is a kind of deeds.
type DeedKind string

const (
	SignedIn      DeedKind = "sign-in"
	SignInFailed  DeedKind = "sign-in-failed"
	SignedOut     DeedKind = "sign-out"
	HandedIn      DeedKind = "hand-in"
	Withdrew      DeedKind = "withdraw"
	Discarded     DeedKind = "discard"
	Explaining    DeedKind = "explain"
	Ran           DeedKind = "run"
	Decided       DeedKind = "decide"
	Undone        DeedKind = "undo"
	WaivedFinding DeedKind = "waive"
	ClosedMonth   DeedKind = "close"
	ReopenedMonth DeedKind = "reopen"
	Downloaded    DeedKind = "download"
	GaveCode      DeedKind = "grant"
	TookCode      DeedKind = "revoke"
)

var deedWords = map[DeedKind]ledger.Phrase{
	SignedIn:      {"登录", "signed in"},
	SignInFailed:  {"登录失败", "failed to sign in"},
	SignedOut:     {"退出", "signed out"},
	HandedIn:      {"交表", "handed in"},
	Withdrew:      {"撤回", "withdrew"},
	Discarded:     {"放弃", "discarded"},
	Explaining:    {"说明", "explained"},
	Ran:           {"汇总", "ran the month"},
	Decided:       {"判定", "decided"},
	Undone:        {"撤销判定", "took a decision back"},
	WaivedFinding: {"豁免", "waived"},
	ClosedMonth:   {"结账", "closed the month"},
	ReopenedMonth: {"重新开放", "reopened the month"},
	Downloaded:    {"下载", "downloaded"},
	GaveCode:      {"授权", "gave a code"},
	TookCode:      {"取消授权", "took a code back"},
}

// In is the kind in words; one that a newer program noted is as it stands.
func (k DeedKind) In(lang ledger.Lang) string {
	if words, known := deedWords[k]; known {
		return words.In(lang)
	}
	return string(k)
}

// Note appends a deed to the log, which only grows. Its number is given here; where At is zero, it is now.
func (a *Access) Note(ctx context.Context, d Deed) error {
	return a.db.Note(ctx, a.county.Region, a.row(d))
}

// row is a deed as it is kept.
func (a *Access) row(d Deed) store.Deed {
	if d.At.IsZero() {
		d.At = a.now()
	}
	period := ""
	if !d.Period.IsZero() {
		period = d.Period.String()
	}
	return store.Deed{At: timeText(d.At), Who: d.Who, Role: string(d.Role), CameFrom: d.From, Deed: string(d.Deed), Period: period, About: d.About}
}

// A DeedQuery asks for deeds.
type DeedQuery struct {
	Before int           // those before this number; 0 or less: the newest
	Most   int           // so many at most, above 0
	Who    string        // of this name alone; blank: of all
	Period ledger.Period // of this month alone; zero: of all, and of none
}

// Deeds are what was done, the newest first. *Changed if a hand changed the log.
func (a *Access) Deeds(ctx context.Context, q DeedQuery) ([]Deed, error) {
	rows, err := a.db.Deeds(ctx, a.county.Region, q.Before, q.Most, func(d store.Deed) bool {
		return (q.Who == "" || d.Who == q.Who) && (q.Period.IsZero() || d.Period == q.Period.String())
	})
	if err != nil {
		return nil, err
	}
	deeds := make([]Deed, len(rows))
	for i, row := range rows {
		if deeds[i], err = deedOf(row); err != nil {
			return nil, err
		}
	}
	return deeds, nil
}

func deedOf(row store.Deed) (d Deed, err error) {
	d = Deed{Number: row.Number, Who: row.Who, Role: Role(row.Role), From: row.CameFrom, Deed: DeedKind(row.Deed), About: row.About}
	if d.At, err = time.Parse(time.RFC3339, row.At); err != nil || row.Period == "" {
		return d, err
	}
	d.Period, err = ledger.ParsePeriod(row.Period)
	return d, err
}
