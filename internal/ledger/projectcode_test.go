package ledger

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestProjectCode(t *testing.T) {
	for _, test := range []struct {
		name string
		code ProjectCode
		want CodeFault
	}{
		{"real, 贵州", "2111-522323-04-01-342068", CodeGood},
		{"real, 山西", "2509-140602-89-05-864976", CodeGood},
		{"real, 江苏", "2509-320193-89-01-544060", CodeGood},
		{"real, 山西 again", "2502-140109-89-01-287745", CodeGood},
		{"real, 山西, technical renewal", "2603-141124-89-05-346948", CodeGood},
		{"real, 河北", "2411-130202-89-01-637015", CodeGood},
		{"real, 广东", "2211-441900-04-02-310151", CodeGood},
		{"computed", "2401-610722-04-01-100012", CodeGood},
		{"computed, unknown department", "2403-610722-89-05-204175", CodeGood},
		{"computed, small number", "2406-610722-04-02-000002", CodeGood},
		{"computed, large number", "2312-610722-17-01-999996", CodeGood},
		{"computed, November 2020", "2011-610722-04-01-543211", CodeGood},
		{"old, of 2020", "2020-330327-48-01-167360", CodeGood},
		{"old, of 2020, another region", "2020-451421-88-03-016343", CodeGood},
		{"a placeholder", "2601-140100-89-01-123456", CodeCheckDigit},
		{"one digit wrong", "2401-610722-04-01-100013", CodeCheckDigit},
		{"two digits swapped", "2401-610722-04-01-100102", CodeCheckDigit},
		{"October 2020 is no old code", "2010-610722-04-01-543211", CodeCheckDigit},
		{"a thirteenth month", "2413-610722-04-01-100012", CodeMalformed},
		{"no month", "2400-610722-04-01-100012", CodeMalformed},
		{"a year to come", "2021-610722-04-01-100012", CodeMalformed},
		{"no hyphens", "24016107220401100012", CodeMalformed},
		{"a digit short", "2401-610722-04-01-10001", CodeMalformed},
		{"a letter", "2401-610722-04-01-1O0012", CodeMalformed},
		{"full width", "２４０１-610722-04-01-100012", CodeMalformed},
		{"a group too many", "2401-610722-04-01-100012-1", CodeMalformed},
		{"a group too few", "2401-610722-04-0100012", CodeMalformed},
		{"blank", "", CodeMalformed},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.code.Check(); got != test.want {
				t.Errorf("Check(%s) = %d, want %d", test.code, got, test.want)
			}
			region := ""
			if test.want != CodeMalformed {
				region = strings.Split(string(test.code), "-")[1]
			}
			if got := test.code.Region(); got != region {
				t.Errorf("Region(%s) = %q, want %q", test.code, got, region)
			}
		})
	}
}

// Any single digit that is wrong is noticed.
func TestCheckDigitFindsEveryWrongDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringOfN(rapid.RuneFrom([]rune("0123456789")), 19, 19, -1).Draw(t, "digits")
		check := CheckDigit(digits)
		at, wrong := rapid.IntRange(0, 18).Draw(t, "at"), rapid.ByteRange('0', '9').Draw(t, "wrong")
		if digits[at] == wrong {
			return
		}
		changed := digits[:at] + string(wrong) + digits[at+1:]
		if CheckDigit(changed) == check {
			t.Fatalf("%s and %s have the same check digit %c", digits, changed, check)
		}
	})
}
