package consolidate

import (
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Tri is a key project in the three figures that three offices make of it: 完成投资 of its
// unit (发改), 入统投资 of the statistics (统计), 到位资金 of what was signed (招商). They are
// different figures. They stand side by side with their gap, none is altered, none stands
// for another.
type Tri struct {
	Class      StatisticsClass
	Progress   *Project // nil where only the statistics know the project
	Statistics *Project // nil where they do not
	Signing    *Project // nil where it was not signed
}

// A StatisticsClass says how a key project and the statistics compare (入统核对).
type StatisticsClass int

// The four classes; projects that only progress reports are told apart by why.
const (
	BothClose      StatisticsClass = iota // 两边都有，相近
	BothApart                             // 两边都有，差距较大
	BothUnsaid                            // 两边都有，有一边未填投资
	NotStarted                            // 仅发改有：未开工
	BelowThreshold                        // 仅发改有：未达入统标准
	ShouldEnter                           // 仅发改有：应入未入
	OnlyStatistics                        // 仅统计有
)

// Chinese is the class as sheets write it.
func (c StatisticsClass) Chinese() string {
	return [...]string{"两边都有、相近", "两边都有、差距较大", "两边都有、投资未填", "仅发改有：未开工", "仅发改有：未达标准", "仅发改有：应入未入", "仅统计有"}[c]
}

// Done, Entered and Funds are the three figures; not Valid where nobody states them.
func (t Tri) Done() ledger.Amount {
	return amountIn(t.Progress, form.Progress.YearToDate)
}

// Entered is 入统投资, since 1 January.
func (t Tri) Entered() ledger.Amount { return amountIn(t.Statistics, form.Statistics.YearToDate) }

// Funds is 到位资金 as the promotion of investment states it.
func (t Tri) Funds() ledger.Amount { return amountIn(t.Signing, form.Signing.Funds) }

func amountIn(p *Project, c form.Money) ledger.Amount {
	if p == nil {
		return ledger.Amount{}
	}
	return c.Of(p.Record())
}

// Gap is 完成投资 less 入统投资; not Valid unless both are stated.
func (t Tri) Gap() ledger.Amount {
	done, entered := t.Done(), t.Entered()
	return ledger.Amount{V: done.V - entered.V, Valid: done.Valid && entered.Valid}
}

// Compare sets the key projects that count beside the statistics and what was signed: those
// of progress in their order, then those that only the statistics have. Projects of two
// forms are one by code, else by a name that is the only one of its kind on both sides.
func (b *Book) Compare() []Tri {
	progress, statistics := b.Counted(form.Progress.Name.Form), b.comparable(form.Statistics.Name.Form)
	entered, signed := b.pair(progress, statistics), b.pair(progress, b.Counted(form.Signing.Name.Form))
	known := map[*Project]bool{}
	var all []Tri
	for _, p := range progress {
		t := Tri{Progress: p, Statistics: entered[p], Signing: signed[p]}
		t.Class = b.class(t)
		known[t.Statistics] = true
		all = append(all, t)
	}
	for _, s := range statistics {
		if !known[s] {
			all = append(all, Tri{Class: OnlyStatistics, Statistics: s})
		}
	}
	return all
}

// comparable are the projects of a form, without the line that speaks of the whole county.
func (b *Book) comparable(f *form.Form) []*Project {
	var all []*Project
	for _, p := range b.Counted(f) {
		if f.Whole == nil || f.Whole.Judge(b.Env(p)) != form.Passes {
			all = append(all, p)
		}
	}
	return all
}

// pair finds for projects of one form those of another, each at most once.
func (b *Book) pair(mine, theirs []*Project) map[*Project]*Project {
	paired, taken := map[*Project]*Project{}, map[*Project]bool{}
	for _, key := range []func(ledger.Identity) string{
		func(id ledger.Identity) string { return string(id.Code) },
		func(id ledger.Identity) string { return id.Name },
	} {
		left, right := b.only(mine, key), b.only(theirs, key)
		for _, p := range mine {
			k := key(b.identity(p))
			if s := right[k]; k != "" && left[k] == p && s != nil && paired[p] == nil && !taken[s] && !b.codesApart(p, s) {
				paired[p], taken[s] = s, true
			}
		}
	}
	return paired
}

func (b *Book) identity(p *Project) ledger.Identity {
	return p.Form.Identity(p.Record(), b.County.FoldName)
}

// codesApart reports whether two projects have sound codes that differ.
func (b *Book) codesApart(p, q *Project) bool {
	mine, theirs := b.identity(p).Code, b.identity(q).Code
	return mine != "" && theirs != "" && mine != theirs
}

// only are the projects whose key no other bears; nil where several do.
func (b *Book) only(projects []*Project, key func(ledger.Identity) string) map[string]*Project {
	found := map[string]*Project{}
	for _, p := range projects {
		k := key(b.identity(p))
		if _, twice := found[k]; twice {
			p = nil
		}
		found[k] = p
	}
	return found
}

func (b *Book) class(t Tri) StatisticsClass {
	total := form.Progress.Total.Of(t.Progress.Record())
	switch {
	case t.Statistics != nil && !t.Gap().Valid:
		return BothUnsaid
	case t.Statistics != nil && b.close(t.Done().V, t.Entered().V):
		return BothClose
	case t.Statistics != nil:
		return BothApart
	case form.Started.Judge(b.Env(t.Progress)) != form.Passes:
		return NotStarted
	case total.Valid && total.V < ledger.Money(b.County.Statistics.Threshold):
		return BelowThreshold
	}
	return ShouldEnter
}

// close reports whether two figures differ by no more than the county's gap, as a share of
// the greater.
func (b *Book) close(x, y ledger.Money) bool {
	return absolute(int64(x-y)) <= max(absolute(int64(x)), absolute(int64(y)))/form.RateScale*int64(b.County.Statistics.Gap)
}
