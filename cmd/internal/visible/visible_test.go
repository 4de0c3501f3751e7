package visible_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"huizong/cmd/internal/visible"
)

func TestText(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"plain":               {"县交通局6月进展（终）.xlsx", "县交通局6月进展（终）.xlsx"},
		"blank":               {"", ""},
		"blanks show":         {"甲 乙\u3000丙\u00a0丁", "甲 乙\u3000丙\u00a0丁"},
		"path of Windows":     {`C:\new\汇总`, `C:\new\汇总`},
		"escape":              {"\x1b[31m红", `\x1b[31m红`},
		"bell, delete":        {"\a\x7f", `\a\x7f`},
		"lines":               {"甲\r\n乙\t丙", `甲\r\n乙\t丙`},
		"C1":                  {"\u009b31m", `\u009b31m`},
		"separators":          {"甲\u2028乙\u2029", `甲\u2028乙\u2029`},
		"right to left":       {"表\u202exslx.exe", `表\u202exslx.exe`},
		"zero width":          {"物\u200b流\ufeff园", `物\u200b流\ufeff园`},
		"filler, variant":     {"物\u3164流\ufe0f园\U000e0100", `物\u3164流\ufe0f园\U000e0100`},
		"private use":         {"\ue863", "\ue863"}, // rare characters of names, as old fonts have them
		"no UTF-8":            {"甲\xff\xc3", `甲\xff\xc3`},
		"replacement is text": {"甲\ufffd", "甲\ufffd"},
	} {
		if got := visible.Text(test.text); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// last is the last character to be tried.
func last() rune {
	if testing.Short() {
		return 0xffff
	}
	return unicode.MaxRune
}

// Of all characters none that is shown is obeyed, and what may be read stays as it is.
func TestEveryCharacter(t *testing.T) {
	for r := range last() + 1 {
		if !utf8.ValidRune(r) {
			continue
		}
		shown := visible.Text(string(r))
		for _, s := range shown {
			if unicode.IsControl(s) || unicode.In(s, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Bidi_Control) {
				t.Fatalf("%U is shown as %q", r, shown)
			}
		}
		if (unicode.IsLetter(r) && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || unicode.IsNumber(r) || unicode.IsPunct(r)) && shown != string(r) {
			t.Fatalf("%U is shown as %q", r, shown)
		}
	}
}

// Lines keeps what strings say, and no character in it is obeyed.
func TestLines(t *testing.T) {
	var all strings.Builder
	for r := range last() + 1 {
		if utf8.ValidRune(r) {
			all.WriteRune(r)
		}
	}
	text, err := json.MarshalIndent(map[string]string{"all": all.String()}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	shown := visible.Lines(text)
	var back map[string]string
	if err := json.Unmarshal(shown, &back); err != nil || back["all"] != all.String() {
		t.Errorf("the values differ: %v", err)
	}
	for _, r := range string(shown) {
		if r != '\n' && visible.Text(string(r)) != string(r) {
			t.Fatalf("%U is in it", r)
		}
	}
}
