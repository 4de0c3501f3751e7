package workbook

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestShow(t *testing.T) {
	for _, test := range []struct {
		name   string
		style  Style
		value  any
		want   string
		wantIn string // the format's code
	}{
		{"thousands", Wan, 1234567.891, "1,234,567.89", "#,##0.00"},
		{"below a thousand", Wan, 999.995, "1,000.00", "#,##0.00"},
		{"below zero", Wan, -1234.5, "-1,234.50", "#,##0.00"},
		{"half away from zero, though the float is less", Yi, 1.005, "1.01", "#,##0.00"},
		{"half below zero", Yi, -0.125, "-0.13", "#,##0.00"},
		{"a cent in 亿元", Yi, 0.0000000001, "0.00", "#,##0.00"},
		{"a count", Whole, 1460., "1,460", "#,##0"},
		{"a rate", Percent, 0.5949, "59.5%", "0.0%"},
		{"a rate, finer", Percent2, 0.59495, "59.50%", "0.00%"},
		{"points above", Points, 9.49, "+9.5", "+0.0;-0.0;0.0"},
		{"points below", Points, -30., "-30.0", "+0.0;-0.0;0.0"},
		{"no points", Points, 0., "0.0", "+0.0;-0.0;0.0"},
		{"more", Wan.Signed(), 12.5, "+12.50", "+#,##0.00;-#,##0.00;#,##0.00"},
		{"less than shows, below zero", Wan.Signed(), -0.004, "0.00", "+#,##0.00;-#,##0.00;#,##0.00"},
		{"half of what shows, below zero", Wan, -0.005, "-0.01", "#,##0.00"},
		{"a rate less than shows, below zero", Percent, -0.0004, "0.0%", "0.0%"},
		{"nothing, as a dash", Whole.Dash(), 0., "—", `#,##0;-#,##0;"—"`},
		{"something, where nothing is a dash", Whole.Dash(), -1., "-1", `#,##0;-#,##0;"—"`},
		{"a word after", Whole.Suffix("个"), 460., "460个", `#,##0"个"`},
		{"blank", Wan, nil, "", "#,##0.00"},
		{"a text among numbers", Wan, "未知", "未知", "#,##0.00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.style.format.show(test.value); got != test.want {
				t.Errorf("shows %q, want %q", got, test.want)
			}
			if got := test.style.format.code(); got != test.wantIn {
				t.Errorf("code %q, want %q", got, test.wantIn)
			}
		})
	}
}

// Money shows to two decimals of its unit as integers would be rounded.
func TestShowMoney(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.Int64Range(-99_999_999_999_999, 99_999_999_999_999).Draw(t, "cents")
		style := rapid.SampledFrom([]Style{Wan, Yi}).Draw(t, "style")
		size, sign := m, ""
		if m < 0 {
			size, sign = -m, "-"
		}
		hundredth := int64(style.unit.worth()) / 100
		rounded := (size + hundredth/2) / hundredth
		if rounded == 0 {
			sign = ""
		}
		want := fmt.Sprintf("%s%d.%02d", sign, rounded/100, rounded%100)
		got := style.format.show(Money(m).constant(style.unit))
		if strings.ReplaceAll(got, ",", "") != want {
			t.Errorf("%d 分 shows %s, want %s", m, got, want)
		}
	})
}

// Money survives its unit: the number in the cell is worth the same cents.
func TestMoneyIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.Int64Range(-99_999_999_999_999, 99_999_999_999_999).Draw(t, "cents")
		for _, u := range []unit{wan, yi} {
			x := Money(m).constant(u).(float64)
			if back := round(x*u.worth(), 0); int64(back) != m {
				t.Errorf("%d 分 comes back as %v", m, back)
			}
		}
	})
}

func TestQuote(t *testing.T) {
	long := strings.Repeat("汇", 255)
	for _, test := range []struct{ name, text, want string }{
		{"empty", "", `""`},
		{"a quote", `所谓"重点"`, `"所谓""重点"""`},
		{"as long as may be", long, `"` + long + `"`},
		{"one more", long + "总", `"` + long + `"&"总"`},
		{"a character of two halves at the limit", long[3:] + "𠮷", `"` + long[3:] + `"&"𠮷"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := quote(test.text); got != test.want {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestLevels(t *testing.T) {
	for _, test := range []struct {
		heading string
		want    []string
	}{
		{"总投资", []string{"总投资"}},
		{"2024年投资/完成", []string{"2024年投资", "完成"}},
		{"亩均税收（万元/亩）", []string{"亩均税收（万元/亩）"}},
		{"亩均(万元/亩)/税收", []string{"亩均(万元/亩)", "税收"}},
		{"一/二/三", []string{"一", "二", "三"}},
	} {
		if diff := cmp.Diff(test.want, levels(test.heading)); diff != "" {
			t.Errorf("%s: -want +got:\n%s", test.heading, diff)
		}
	}
}
