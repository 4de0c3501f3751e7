package ledger

import "strings"

// A ProjectCode is a national project code (项目代码): 24 characters in five groups,
// e.g. 2401-610722-04-01-100012. GB/T 40058-2021 numbers projects registered since late
// 2020 as YYMM-region-department-type-random and check digit; older codes begin with the
// year, carry an industry instead of the department, and have no check digit.
type ProjectCode string

// CodeFault says what is wrong with a project code.
type CodeFault int

// What Check finds.
const (
	CodeGood       CodeFault = iota
	CodeMalformed            // not 4-6-2-2-6 digits, or neither a month nor a year in front
	CodeCheckDigit           // the last digit does not fit the others
)

// Check judges form and check digit. The algorithm (ISO/IEC 7064 MOD 11,10 over the
// first 19 digits) was established by test on real codes, not read from the standard, so
// a wrong digit is a reason to ask, never to correct.
func (c ProjectCode) Check() CodeFault {
	groups := strings.Split(string(c), "-")
	if len(groups) != 5 {
		return CodeMalformed
	}
	for i, length := range []int{4, 6, 2, 2, 6} {
		if len(groups[i]) != length || strings.Trim(groups[i], "0123456789") != "" {
			return CodeMalformed
		}
	}
	if c.old() {
		return CodeGood
	}
	if month := groups[0][2:]; month < "01" || month > "12" {
		return CodeMalformed
	}
	digits := strings.Join(groups, "")
	if CheckDigit(digits[:19]) != digits[19] {
		return CodeCheckDigit
	}
	return CodeGood
}

// old reports a code of before the standard: a year up to 2020 in the first group, where
// newer codes have year and month. 2010, 2011 and 2012 are October to December 2020.
func (c ProjectCode) old() bool {
	return c[:2] == "20" && c[2:4] >= "13" && c[2:4] <= "20"
}

// Region is the administrative division that assigned the code, "610722"; empty if the
// code is malformed.
func (c ProjectCode) Region() string {
	if c.Check() == CodeMalformed {
		return ""
	}
	return string(c[5:11])
}

// CheckDigit computes the ISO/IEC 7064 MOD 11,10 check digit of a string of digits.
func CheckDigit(digits string) byte {
	p := 10
	for _, d := range digits {
		s := (p + int(d-'0')) % 10
		if s == 0 {
			s = 10
		}
		p = s * 2 % 11
	}
	return byte('0' + (11-p)%10)
}
