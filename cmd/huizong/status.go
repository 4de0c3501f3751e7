package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"huizong/consolidate"
	"huizong/consolidate/store"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

func (p *program) statusCommand() *cobra.Command {
	var period ledger.Period
	command := &cobra.Command{
		Use:   "status --period 2024-06",
		Short: "谁报了什么：应报、已报、按时、逾期、未报、退回 (who has reported what)",
		Args:  cobra.NoArgs,
		RunE: p.works(func(ctx context.Context, _ []string) error {
			return p.status(ctx, period)
		}),
	}
	periodFlag(command, &period, true)
	return command
}

// A standing is one line of the board: a unit and a form.
type standing struct {
	Department string `json:"department"`
	Form       string `json:"form"`
	Owed       bool   `json:"owed"`
	Due        string `json:"due"`
	Received   string `json:"received"` // blank: not received, or undated (未注明)
	State      string `json:"state"`    // 未报 · 验收不通过 · 重新上报 · 验收通过 · 零报告
	Late       bool   `json:"late"`
	Version    int    `json:"version"`
}

// board is what status prints for machines.
type board struct {
	Period string     `json:"period"`
	Due    string     `json:"due"`
	Lock   string     `json:"lock"`
	Merged bool       `json:"merged"`
	Stale  bool       `json:"stale"`
	Units  []standing `json:"units"`
}

func (p *program) status(ctx context.Context, period ledger.Period) error {
	books, err := store.Open(ctx, p.databaseURL)
	if err != nil {
		return err
	}
	defer books.Close()
	stored, merged, err := books.Month(ctx, p.county.Region, period)
	if err != nil {
		return err
	}
	month, err := p.reconcile(ctx, books, period)
	if err != nil {
		return err
	}
	b := board{period.String(), p.county.Due.In(period).String(), p.county.Lock.In(period).String(), merged, merged && stale(stored, month), p.standings(month)}
	if p.json {
		return writeJSON(p.out, b)
	}
	p.showBoard(b)
	return nil
}

// standings lists every unit and form that is owed or was received, in the official order.
func (p *program) standings(month *consolidate.Month) []standing {
	latest := map[ledger.ReturnID]*ledger.Return{}
	for _, r := range month.Returns { // oldest first
		latest[r.ReturnID] = r
	}
	var all []standing
	for _, f := range form.All() {
		var names []string
		owed := map[string]bool{}
		for _, unit := range p.county.Owes(f.ID) {
			names, owed[unit.Name] = append(names, unit.Name), true
		}
		for id := range latest {
			if id.Form == f.ID && !owed[id.Department] {
				names = append(names, id.Department)
			}
		}
		slices.SortFunc(names, month.Register.CompareUnits)
		for _, name := range names {
			s := standing{Department: name, Form: f.ID, Owed: owed[name], Due: p.county.Due.In(month.Period).String(), State: "未报"}
			if r := latest[ledger.ReturnID{Region: month.Region, Period: month.Period, Form: f.ID, Department: name}]; r != nil {
				s.Received, s.Version, s.Late, s.State = r.Prepared.String(), r.Version, consolidate.Late(p.county, r), stateWord(r)
			}
			all = append(all, s)
		}
	}
	return all
}

// stateWord is the state of the newest return in words that staff know.
func stateWord(r *ledger.Return) string {
	switch {
	case r.State == ledger.Returned:
		return "验收不通过"
	case r.State == ledger.Nil:
		return "零报告"
	case r.Version > 1:
		return "重新上报，验收通过"
	}
	return "验收通过"
}

func (p *program) showBoard(b board) {
	owed, received, onTime := 0, 0, 0
	for _, s := range b.Units {
		when := s.Received
		switch {
		case s.State == "未报":
			when = ""
		case when == "":
			when = p.say("日期未注明", "undated")
		case s.Late:
			when += p.say("（逾期）", " (late)")
		}
		p.printf("%s  %s  %s  %s\n", s.Department, form.ByID(s.Form).Title, s.State, when)
		if s.Owed {
			owed++
			if s.State != "未报" {
				received++
				if !s.Late {
					onTime++
				}
			}
		}
	}
	p.printf(p.say("%s 应报%d，已报%d，报送率%s，按时报送率%s；截止%s，锁定%s\n", "%s: owed %d, received %d, reporting rate %s, on time %s; due %s, locked %s\n"),
		b.Period, owed, received, percent(received, owed), percent(onTime, owed), b.Due, b.Lock)
	switch {
	case !b.Merged:
		p.printf("%s\n", p.say("本月还没有汇总", "the month was never merged"))
	case b.Stale:
		p.printf("%s\n", p.say("汇总之后数据或规则有变化，请重新执行 run", "data or rules changed since the merge: run again"))
	}
}

// percent is a share with its denominator's blank: nothing owed has no rate.
func percent(part, whole int) string {
	if whole == 0 {
		return "—"
	}
	return fmt.Sprintf("%s%%", ledger.FormatDecimal(int64(part)*100, int64(whole), 1))
}
