package form_test

import (
	"math/big"
	"testing"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

var (
	p       = &form.Progress
	unknown = form.AtMost(p.Total, p.Funds) // funds are not stated in a good row
	holds   = form.AtLeast(p.Total, form.Zero)
	breaks  = form.MoreThan(form.Zero, p.Total)
)

// The logic is Kleene's: what cannot be told stays so unless the rest decides.
func TestThreeValues(t *testing.T) {
	e := goodProgress(nil).env()
	for _, test := range []struct {
		name      string
		statement form.Statement
		want      form.Outcome
	}{
		{"both: pass, pass", form.Both(holds, holds), pass},
		{"both: pass, na", form.Both(holds, unknown), na},
		{"both: na, fail", form.Both(unknown, breaks), fail},
		{"both: fail, na", form.Both(breaks, unknown), fail},
		{"both of nothing", form.Both(), pass},
		{"either: fail, fail", form.Either(breaks, breaks), fail},
		{"either: fail, na", form.Either(breaks, unknown), na},
		{"either: na, pass", form.Either(unknown, holds), pass},
		{"either: pass, na", form.Either(holds, unknown), pass},
		{"either of nothing", form.Either(), fail},
		{"not pass", form.Not(holds), fail},
		{"not fail", form.Not(breaks), pass},
		{"not na", form.Not(unknown), na},
		{"given pass, pass", form.Given(holds, holds), pass},
		{"given pass, fail", form.Given(holds, breaks), fail},
		{"given pass, na", form.Given(holds, unknown), na},
		{"given fail", form.Given(breaks, breaks), na},
		{"given na", form.Given(unknown, breaks), na},
		{"called", form.Called("甲", breaks), fail},
		{"stated", form.Stated(p.Total.Column), pass},
		{"one of two stated", form.Stated(p.Funds.Column, p.Total.Column), pass},
		{"not stated", form.Stated(p.Funds.Column), fail},
		{"is", form.Is(p.Class, "新开工", "续建"), pass},
		{"is not", form.Is(p.Class, "新开工"), fail},
		{"is blank", form.Is(form.Choice{Column: p.Remark.Column}, "新开工"), na},
		{"yes", form.Yes(p.InStatistics), pass},
		{"has", form.Has(p.Level, "市级"), pass},
		{"has not", form.Has(p.Level, "省级"), fail},
		{"has, blank", form.Has(form.Set{Column: p.Remark.Column}, "市级"), na},
		{"equal to itself", form.Equal(p.Total, p.Total), pass},
		{"more than itself", form.MoreThan(p.Total, p.Total), fail},
		{"near, tolerance not set", form.Near(p.Total, p.Total, form.Setting("no.such", form.AmountType)), na},
		{"within a hundredth part and a hundred times", form.Within(p.Total, p.BeforeYear, form.Setting("amounts.asked", form.CountType)), pass},
		{"within, of nothing", form.Within(form.Zero, p.Total, form.Setting("amounts.asked", form.CountType)), na},
		{"within, of nothing before", form.Within(p.Total, form.Zero, form.Setting("amounts.asked", form.CountType)), na},
		{"within, of a blank", form.Within(p.Funds, p.Total, form.Setting("amounts.asked", form.CountType)), na},
		{"within, of a blank before", form.Within(p.Total, p.Funds, form.Setting("amounts.asked", form.CountType)), na},
		{"within, bound not set", form.Within(p.Total, p.BeforeYear, form.Setting("no.such", form.CountType)), na},
		{"unchanged", form.Unchanged(p.Total.Column, 2), pass},
		{"changed", form.Unchanged(p.YearToDate.Column, 2), fail},
		{"unchanged, not stated", form.Unchanged(p.Funds.Column, 1), na},
		{"unchanged, beyond what is known", form.Unchanged(p.Total.Column, 3), na},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.statement.Judge(e); got != test.want {
				t.Errorf("%s: %s, want %s", test.statement, got, test.want)
			}
		})
	}
}

func TestEvaluate(t *testing.T) {
	wan := func(n int64) *big.Rat { return big.NewRat(n*int64(ledger.TenThousandYuan), 1) }
	for _, test := range []struct {
		name     string
		quantity form.Quantity
		period   ledger.Period
		want     *big.Rat // nil: unknown
	}{
		{"a column", p.Total, june, wan(5000)},
		{"a blank", p.Funds, june, nil},
		{"a rate is a share of one", p.PlanShare, june, big.NewRat(55, 100)},
		{"a count", p.SevenSeven, june, nil},
		{"a sum", form.SumOf(p.BeforeYear, p.YearToDate), june, wan(2100)},
		{"a sum with a blank", form.SumOf(p.BeforeYear, p.Funds), june, nil},
		{"a sum of what is stated", form.SumOfStated(p.Funds, p.BeforeYear, p.YearToDate), june, wan(2100)},
		{"a sum of nothing stated", form.SumOfStated(p.Funds, p.PlanToDate), june, nil},
		{"a difference", form.Minus(p.Total, p.BeforeYear), june, wan(4000)},
		{"a difference from a blank", form.Minus(p.Funds, p.Total), june, nil},
		{"a share", form.Share(p.YearToDate, p.YearPlan), june, big.NewRat(11, 20)},
		{"a share of nothing", form.Share(p.YearToDate, form.Zero), june, nil},
		{"a share of a blank", form.Share(p.YearToDate, p.Funds), june, nil},
		{"the first of two", form.OrElse(p.Total, p.BeforeYear), june, wan(5000)},
		{"the second of two", form.OrElse(p.Funds, p.BeforeYear), june, wan(1000)},
		{"neither of two", form.OrElse(p.Funds, p.PlanToDate), june, nil},
		{"last month", form.Before(p.YearToDate), june, wan(900)},
		{"two months ago", form.BeforeBy(2, p.YearToDate), june, wan(700)},
		{"longer ago than is known", form.BeforeBy(3, p.YearToDate), june, nil},
		{"last month, in January", form.Before(p.YearToDate), january, nil},
		{"two months ago, in February", form.BeforeBy(2, p.YearToDate), january.Add(1), nil},
		{"two months ago, in March", form.BeforeBy(2, p.YearToDate), january.Add(2), wan(700)},
		{"last month, what does not begin anew", form.Before(p.Total), january, wan(5000)},
		{"half the year", form.Elapsed, june, big.NewRat(1, 2)},
		{"the year", form.Elapsed, ledger.Period{Year: 2024, Month: 12}, big.NewRat(1, 1)},
		{"the month", form.Month, june, big.NewRat(6, 1)},
		{"months since", form.MonthsSince(p.Start), june, big.NewRat(15, 1)},
		{"months since a date to come", form.MonthsSince(p.PlanFinish), june, big.NewRat(-18, 1)},
		{"months since nothing", form.MonthsSince(p.Finish), june, nil},
		{"an amount of the county", form.Setting("statistics.threshold", form.AmountType), june, wan(500)},
		{"a rate of the county", form.Setting("progress.share_tolerance", form.RateType), june, big.NewRat(1, 1000)},
		{"a number of the county", form.Setting("progress.adjustment_from", form.CountType), june, big.NewRat(8, 1)},
		{"what the county did not set", form.Setting("no.such", form.AmountType), june, nil},
		{"ahead of schedule", form.Behind, june, big.NewRat(-1, 20)},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := goodProgress(nil).env()
			e.Period = test.period
			got, known := form.Evaluate(test.quantity, e)
			if known != (test.want != nil) || known && got.Cmp(test.want) != 0 {
				t.Errorf("%s = %v, %v; want %v", test.quantity, got, known, test.want)
			}
		})
	}
}

// A sum must not change what it is a sum of.
func TestSumsLeaveTheirPartsAlone(t *testing.T) {
	e := goodProgress(nil).env()
	setting := form.Setting("statistics.threshold", form.AmountType)
	for range 2 {
		if got, _ := form.Evaluate(form.SumOfStated(setting, setting), e); got.Cmp(big.NewRat(1000*int64(ledger.TenThousandYuan), 1)) != 0 {
			t.Errorf("twice 500万元 is %v", got)
		}
	}
}

// Where there is no past at all, rules over it are undecided.
func TestNoPast(t *testing.T) {
	e := goodProgress(nil).env()
	e.Past = nil
	if _, known := form.Evaluate(form.Before(p.Total), e); known {
		t.Error("a month that is not known has no total")
	}
	if got := form.NotBack(p.Class).Judge(e); got != na {
		t.Errorf("moved since a month that is not known: %s", got)
	}
}

// Rates are shown to hundredths of a percent, amounts to the cent, counts to four decimals.
func TestShownAsRead(t *testing.T) {
	e := goodProgress(changing(p.Name.Form, []string{"year_plan", "3000", "year_to_date", "1000", "total", "1234.567891", "seven_seven", "0.1234"})).env()
	for _, test := range []struct {
		of   form.Quantity
		want string
	}{
		{form.Share(p.YearToDate, p.YearPlan), "1-N月累计完成投资 1000万元 ÷ 年度计划投资 3000万元 ＝ 33.33%"},
		{form.Behind, "时序进度 50% − 1-N月累计完成投资 1000万元 ÷ 年度计划投资 3000万元 ＝ 16.67个百分点"},
		{p.Total, "总投资 1234.567891万元"},
		{p.SevenSeven, "“双七”清单完成项数 0.1234"},
		{form.Month, "月份 6"},
		{p.Funds, p.Funds.String() + "（空）"},
	} {
		if got := form.AtMost(test.of, form.Zero).Explain(e); got != test.want+" 不超过 0万元" {
			t.Errorf("%s, want %s", got, test.want)
		}
	}
}
