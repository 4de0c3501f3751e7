package form

import "huizong/internal/ledger"

// Findings that more than one form raises of a row. Where the remedy names the remarks
// (备注), a row with remarks is not asked again.
var (
	FellSinceLastMonth = ledger.Declare("V21", ledger.Query, ledger.HoldField, ledger.Level2, "cumulative-decrease",
		ledger.Zh("累计完成投资比上月少", "请核对后改正；如系核减，请在备注中写明依据"),
		ledger.En("the cumulative investment is less than last month", "correct it, or state the reduction and its basis in the remarks"))
	NotRolledForward = ledger.Declare("V22", ledger.Query, ledger.AcceptExplained, ledger.Level2, "roll-forward-error",
		ledger.Zh("本月累计不等于上月累计加本月完成", "请核对本月数和累计数；上月数有调整的，请在备注中说明"),
		ledger.En("the cumulative figure is not last month's plus this month's", "check both figures; explain an adjustment of last month's in the remarks"))
	DatesReversed = ledger.Declare("V08", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("两个时间前后颠倒", "请核对后改正填错的一个"),
		ledger.En("the dates are in the wrong order", "check both and correct the wrong one"))
	NegativeAmount = ledger.Declare("V09", ledger.Query, ledger.HoldField, ledger.Level1, "constraint-error",
		ledger.Zh("金额为负数而没有说明", "请核对后改正；如系核减，请在备注中写明依据"),
		ledger.En("the amount is negative without an explanation", "correct it, or state the reduction and its basis in the remarks"))
	NotWhole = ledger.Declare("V40", ledger.Query, ledger.HoldField, ledger.Level1, "constraint-error",
		ledger.Zh("数量不是0或正整数", "请核对，只填0或正整数"),
		ledger.En("the number of things is negative or broken", "give 0 or a positive whole number"))
	OutsideMonth = ledger.Declare("V41", ledger.Query, ledger.AcceptExplained, ledger.Level1, "wrong-period",
		ledger.Zh("日期不在报告期内，本表只填当月发生的", "请核对日期；属于其他月份的，请报在那个月"),
		ledger.En("the date is outside the month reported; the form takes the month's own", "check the date; report it in its own month"))
	LaterThanMonth = ledger.Declare("V42", ledger.Error, ledger.HoldField, ledger.Level1, "constraint-error",
		ledger.Zh("日期晚于报告期末", "请核对日期；只填已经发生的"),
		ledger.En("the date lies after the month", "check the date; give only what has happened"))
)

// notNegative are the rules that no amount of a form is negative without an explanation.
func notNegative(f *Form, remark Text) []Rule {
	var rules []Rule
	for _, c := range f.Columns {
		if c.Type == AmountType {
			rules = append(rules, Rule{NegativeAmount, c, Either(AtLeast(Money{c}, Zero), Stated(remark.Column))})
		}
	}
	return rules
}
