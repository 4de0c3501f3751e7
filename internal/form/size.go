package form

import "huizong/internal/ledger"

// Findings of amounts whose size shows that a unit may be wrong.
var (
	UnitSuspect = ledger.Declare("V16", ledger.Query, ledger.AcceptExplained, ledger.Level1, "unit-suspect",
		ledger.Zh("金额大得或小得不合常理，可能是单位写错", "请核对金额的单位（万元还是元、亿元）"),
		ledger.En("the amount is larger or smaller than is likely; the unit may be wrong", "check the unit of the amount"))
	AmountJumped = ledger.Declare("V37", ledger.Query, ledger.HoldField, ledger.Level2, "unit-suspect",
		ledger.Zh("金额与上月相差太多，像是单位写错，暂用上月的数", "请核对金额的单位（万元还是元、亿元）；属实的，请说明变动的缘由"),
		ledger.En("the amount is so far from last month's that a unit seems wrong; last month's stands for now", "check the unit, or explain the change"))
)

// TotalMoved asks about a total investment that doubled or halved within a month: the size is of another project.
var TotalMoved = ledger.Declare("V38", ledger.Query, ledger.AcceptExplained, ledger.Level2, "constraint-error",
	ledger.Zh("总投资与上月相差很大", "请核对总投资；确经批准调整的，请在备注中写明文号"),
	ledger.En("the total investment is far from last month's", "check it, or state the approval in the remarks"))

// steadyTotal is the rule that a project's total is less than so many times last month's, and more than that
// part of it, unless that is explained. One that is so far from it that its unit seems wrong is asked about
// for that alone.
func steadyTotal(total Money, remark Text) Rule {
	near := Given(usualLast(total), Within(total, Before(total), Setting("amounts.asked", CountType)))
	return Rule{TotalMoved, total.Column, Unless(near, Either(Within(total, Before(total), Setting("amounts.total", CountType)), Stated(remark.Column)))}
}

var smallest, largest = Setting("reserve.smallest", AmountType), Setting("reserve.largest", AmountType)

// usualSize are the rules that a project's total is among those that the county has. One that
// jumped is asked about for that alone.
func usualSize(total Money) []Rule {
	return []Rule{
		{UnitSuspect, total.Column, Unless(nearLast(total), AtLeast(total, smallest))},
		{UnitSuspect, total.Column, Unless(nearLast(total), AtMost(total, largest))},
	}
}

// notHuge is the rule that an amount is no larger than the county's largest project.
func notHuge(amount Money) Rule { return Rule{UnitSuspect, amount.Column, AtMost(amount, largest)} }

// usualLast holds where an amount was of the usual size last month. One that was not is no measure:
// this month's may be its correction.
func usualLast(amount Money) Statement {
	return Called("上月的数在常见范围内", Both(AtLeast(Before(amount), smallest), AtMost(Before(amount), largest)))
}

// nearLast holds where an amount is not so many times last month's that it is held back.
func nearLast(amount Money) Statement {
	return Given(usualLast(amount), Within(amount, Before(amount), Setting("amounts.held", CountType)))
}

// steadySize are the rules that the amounts of a form are not many times those of last month, and
// that what was spent in one month is no more than the total.
func steadySize(f *Form) []Rule {
	var rules []Rule
	total := f.Role(RoleTotal)
	for _, c := range f.Columns {
		amount := Money{c}
		switch {
		case c.Type != AmountType:
		case !c.OfMonth:
			asked := Given(usualLast(amount), Within(amount, Before(amount), Setting("amounts.asked", CountType)))
			rules = append(rules, Rule{AmountJumped, c, nearLast(amount)}, Rule{UnitSuspect, c, Unless(nearLast(amount), asked)})
		case total != nil:
			rules = append(rules, Rule{UnitSuspect, c, AtMost(amount, Money{total})})
		}
	}
	return rules
}
