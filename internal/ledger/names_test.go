package ledger

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"full width", "Ａ１（％）：，", "A1(%):,"},
		{"blanks of every kind", " 项\t目　名\n称 \u200b\ufeff", "项目名称"},
		{"dashes", "1—6–7－8～9~0−1", "1-6-7-8-9-0-1"},
		{"brackets", "【甲】〔乙〕［丙］", "(甲)(乙)(丙)"},
		{"dots between names", "阿・卜•热‧木", "阿·卜·热·木"},
		{"words stay", "桔园镇橘园，二期", "桔园镇橘园,二期"},
		{"nothing", "", ""},
	} {
		if got := Fold(test.text); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestFoldTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := Fold(rapid.String().Draw(t, "text"))
		if twice := Fold(once); twice != once {
			t.Fatalf("%q, then %q", once, twice)
		}
	})
}

func TestNames(t *testing.T) {
	for text, want := range map[string][]string{
		"住建局、城管局": {"住建局", "城管局"}, "张三, 李四；王五/赵六": {"张三", "李四", "王五", "赵六"}, "交通局": {"交通局"}, "": nil, "、": nil,
	} {
		if got := Names(text); !slices.Equal(got, want) {
			t.Errorf("Names(%q) = %q", text, got)
		}
	}
}
