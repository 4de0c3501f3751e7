package form_test

import (
	"slices"
	"testing"

	"huizong/internal/form"
)

func TestFirms(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"one", "江苏样例科技有限公司", []string{"江苏样例科技"}},
		{"several, however parted", "甲公司、乙公司，丙公司；丁公司\n戊公司", []string{"甲公司", "乙公司", "丙公司", "丁公司", "戊公司"}},
		{"numbered with points", "1.甲公司；2.乙公司", []string{"甲公司", "乙公司"}},
		{"numbered with commas", "1、甲公司\n2、乙公司", []string{"甲公司", "乙公司"}},
		{"one twice, spaced apart and with its legal form", "甲科技、甲 科技有限责任公司", []string{"甲科技"}},
		{"a number names none", "60余家", nil},
		{"a number in words names none", "十余户企业", nil},
		{"a number at the end is cut off", "甲公司、乙公司等5家企业", []string{"甲公司", "乙公司"}},
		{"a name that ends like a number", "苏州百家", []string{"苏州百家"}},
		{"blank", " ", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := form.Firms(test.text); !slices.Equal(got, test.want) {
				t.Errorf("Firms(%q) = %q, want %q", test.text, got, test.want)
			}
		})
	}
}
