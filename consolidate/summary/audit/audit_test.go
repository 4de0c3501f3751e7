package audit

import (
	"slices"
	"testing"

	"huizong/consolidate"
	"huizong/consolidate/monthtest"
	"huizong/consolidate/rating"
	"huizong/consolidate/summary/workbook"
	"huizong/consolidate/summary/workbook/workbooktest"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// TestSheets holds every sheet of June against what it showed before.
// draw is the workbook of a month with its own ratings.
func draw(m *consolidate.Month) *workbook.Book { return Draw(m, rating.Scores(m)) }

func TestSheets(t *testing.T) {
	_, second := monthtest.Months(t)
	workbooktest.Goldens(t, workbooktest.Bytes(t, draw(second)))
}

// TestDoubts: what a person must decide, of every form; where there is nothing, there is no such sheet.
func TestDoubts(t *testing.T) {
	s := &form.Signing
	signed := func(name string) monthtest.Said {
		return monthtest.Said{s.Name.Column: name, s.Investor.Column: "秦岭科技", s.Total.Column: "8000", s.Department.Column: "经济贸易局"}
	}
	pair := func(second string) []byte {
		return workbooktest.Bytes(t, draw(monthtest.Reconcile(t, monthtest.June, nil,
			monthtest.Sent(t, s.Name.Form, monthtest.June, "招商服务中心", 20, signed("柳林镇智能制造产业园")),
			monthtest.Sent(t, s.Name.Form, monthtest.June, "柳林镇", 20, signed(second)))))
	}
	disputed := workbooktest.Bytes(t, draw(monthtest.DisputedMonth(t)))
	workbooktest.Golden(t, "疑似重复与冲突（有待判定）", workbooktest.Dump(t, disputed, ledger.ReplySheet))
	workbooktest.Check(t, disputed)
	data := pair("柳林镇智能制造产业园（一期）")
	workbooktest.Golden(t, "疑似重复与冲突（签约项目）", workbooktest.Dump(t, data, ledger.ReplySheet))
	workbooktest.Check(t, data)
	if names := workbooktest.Sheets(t, pair("新华大桥")); slices.Contains(names, ledger.ReplySheet) {
		t.Errorf("sheets without a doubt: %v", names)
	}
}

// TestDecided: the decisions, those that have no effect with the reason why, and on rows that no month knows.
func TestDecided(t *testing.T) {
	m := monthtest.DisputedMonth(t)
	party := func(key, name string) ledger.Party {
		return ledger.Party{Key: key, Department: "柳林镇", Name: name}
	}
	a, b, c := party("aaaaaaaaaaaa", "冷链物流园"), party("bbbbbbbbbbbb", "冷链物流园一期"), party("cccccccccccc", "旧大桥")
	ruling := func(number int, a, b ledger.Party, verdict ledger.Verdict, state consolidate.State, with ...int) {
		m.Rulings = append(m.Rulings, consolidate.Ruling{
			Decision: ledger.Decision{Number: number, A: a, B: b, Verdict: verdict, Who: "张三", Why: "已核对"},
			State:    state, With: with, Forms: []*form.Form{form.Reserve.Name.Form},
		})
	}
	ruling(1, a, b, ledger.Same, consolidate.Replaced, 2)
	ruling(2, b, a, ledger.Part, consolidate.InForce)
	ruling(3, a, c, ledger.Different, consolidate.Stale)
	ruling(5, a, b, ledger.Part, consolidate.Contradicted, 2, 4)
	m.Rulings = append(m.Rulings, consolidate.Ruling{Decision: ledger.Decision{Number: 6, A: a, B: b, Verdict: ledger.Same, Who: "李四", Why: "同上"},
		State: consolidate.Stale})
	data := workbooktest.Bytes(t, draw(m))
	workbooktest.Golden(t, "疑似重复与冲突（已判定）", workbooktest.Dump(t, data, ledger.ReplySheet))
	workbooktest.Check(t, data)
}

// TestCorrections: what came late of a month that is closed, row by row and figure by figure, and what was
// published anew; a row of which only a telephone number is otherwise shows neither.
func TestCorrections(t *testing.T) {
	f := &form.Reserve
	first, second := monthtest.Months(t)
	gardens := monthtest.Idea("国家储备林基地", "储备", "生态", "林业局", "23000").And(monthtest.Said{f.Phone.Column: "13911111111"})
	late := []*ledger.Return{
		monthtest.Sent(t, f.Name.Form, monthtest.May, "林业局", 29, gardens, monthtest.Idea("湿地公园", "谋划", "生态", "林业局", "5000")),
		monthtest.Sent(t, f.Name.Form, monthtest.May, "卫生健康局", 3, monthtest.Idea("县医院门诊综合楼", "储备", "民生", "卫健局", "1")),
	}
	would := monthtest.Reconcile(t, monthtest.May, nil, append(monthtest.AllReturns(t, monthtest.May), late...)...)
	second.Corrections = []consolidate.Correction{
		consolidate.Correct(consolidate.Account{Register: first.Register, Figures: first.Figures}, would, late)}
	second.Restated = map[ledger.Period]map[string]ledger.Value{monthtest.May: {"reserve.projects": ledger.Number(7), "reserve.investment_fen": {}}}
	data := workbooktest.Bytes(t, draw(second))
	workbooktest.Golden(t, "更正", workbooktest.Dump(t, data, correctionsSheet))
	workbooktest.Check(t, data)
}

// TestJustified: what departments explained and the office waived, beside each finding and by unit.
func TestJustified(t *testing.T) {
	_, second := monthtest.Months(t)
	about := func(department, entity, found string) ledger.Finding {
		return ledger.Finding{Code: consolidate.RowAbsent, Period: monthtest.June, Department: department, Form: form.Reserve.Name.Form.ID,
			Entity: entity, Found: found}
	}
	found := []ledger.Finding{about("林业局", "湿地公园", "谋划"), about("林业局", "国有林场", "谋划"), about("卫生健康局", "县医院", "储备")}
	m := second.With(found).Explain([]ledger.Explanation{{Digest: found[0].Digest(), Text: "规划选址未定，县自然资源局六月退回", Who: "张三"}},
		[]ledger.Waiver{{Code: consolidate.RowAbsent.ID, Entity: "县医院", Why: "移交市级管理", Who: "李工", Until: monthtest.June}})
	data := workbooktest.Bytes(t, draw(m))
	workbooktest.Golden(t, "数据质量（有说明）", workbooktest.Dump(t, data, "数据质量"))
	workbooktest.Golden(t, "问题清单（有说明）", workbooktest.Dump(t, data, "问题清单"))
	workbooktest.Check(t, data)
}
