package ledger

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Fields come back from their packed text as they were, whatever they hold and however long they are.
func TestFieldsComeBack(t *testing.T) {
	text := rapid.OneOf(rapid.SampledFrom([]string{"", "", "元", "城固大道", strings.Repeat("长", narrowMost/3)}), rapid.String())
	some := rapid.Custom(func(t *rapid.T) (f Field) {
		switch rapid.IntRange(0, 3).Draw(t, "says") {
		case 0:
			return f
		case 1:
			f.Value = Number(rapid.Int64().Draw(t, "number"))
		case 2:
			f.Value = Words(text.Draw(t, "words"))
		}
		f.Cell = Cell{rapid.IntRange(0, 16384).Draw(t, "column"), rapid.IntRange(0, 1<<20).Draw(t, "row")}
		f.Raw = rapid.OneOf(text, rapid.Just(f.Value.S)).Draw(t, "raw")
		f.Did, f.Unit, f.Sheet = text.Draw(t, "did"), text.Draw(t, "unit"), text.Draw(t, "sheet")
		f.Held = rapid.Bool().Draw(t, "held")
		return f
	})
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(some, 0, 40).Draw(t, "fields")
		fields, err := ParseFields(Pack(want).Packed(), len(want))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, fields.Unpack(len(want))); diff != "" {
			t.Fatal(diff)
		}
		all := make([]Field, len(want))
		for i, f := range fields.All() {
			all[i] = f
		}
		for i, f := range want {
			if fields.At(i) != f || fields.Value(i) != f.Value || fields.Held(i) != f.Held || all[i] != f {
				t.Fatalf("column %d is %+v, %+v, held: %v, want %+v", i, fields.At(i), fields.Value(i), fields.Held(i), f)
			}
		}
	})
}

func TestBlankFields(t *testing.T) {
	blank := Pack(make([]Field, 37))
	if blank != (Fields{}) || blank.Len() != 0 || blank.At(5) != (Field{}) || blank.Held(5) || len(blank.Unpack(3)) != 3 {
		t.Errorf("%+v", blank)
	}
	fields := blank.With(5, Field{Value: Number(0)})
	if fields.Len() != 6 || !fields.Value(5).Known || fields.With(5, Field{}) != blank {
		t.Errorf("%+v", fields)
	}
}

// A copy of a record can be held back, and changed, by itself.
func TestCopiesStayAsTheyAre(t *testing.T) {
	r := Record{Fields: Pack([]Field{{Value: Words("甲")}, {}, {Value: Number(7)}})}
	held, other := r, r
	held.Hold(1, 2)
	other.Set(0, Field{Value: Words("乙")})
	if r.HeldBack() || other.HeldBack() || !held.Fields.Held(1) || held.Fields.Held(0) || held.Fields.Value(2).N != 7 || r.Fields.Value(0).S != "甲" {
		t.Errorf("%+v, held %+v, changed %+v", r, held, other)
	}
	held.Hold()
	if diff := cmp.Diff(r, held); diff != "" {
		t.Error(diff)
	}
}

// A text that is damaged is an error, and no panic.
func FuzzParseFields(f *testing.F) {
	f.Add(Pack([]Field{{}, {Value: Words("甲"), Cell: Cell{2, 7}, Raw: "乙", Did: "同上"}, {Value: Number(-7), Held: true}}).Packed())
	f.Add("\x01\x00\x04\x00\x7f")
	f.Add("\xff\xff")
	f.Fuzz(func(t *testing.T, text string) {
		fields, err := ParseFields(text, 40)
		if err != nil {
			return
		}
		if again := Pack(fields.Unpack(0)); !slices.Equal(again.Unpack(40), fields.Unpack(40)) {
			t.Errorf("%q says something else when it is packed again", text)
		}
	})
}

func TestCell(t *testing.T) {
	for address, want := range map[string]Cell{"H7": {8, 7}, "A1": {1, 1}, "Z1": {26, 1}, "AA12": {27, 12}, "XFD1048576": {16384, 1 << 20}} {
		if got := ParseCell(address); got != want || got.String() != address {
			t.Errorf("%s is read as %v, written %s", address, got, got)
		}
	}
	for _, none := range []string{"", "7", "H", "H0", "h7", "H7x", "H-7", "ABCDEFG1"} {
		if got := ParseCell(none); got != (Cell{}) {
			t.Errorf("%q is read as %v", none, got)
		}
	}
	if none := (Cell{}); none.String() != "" {
		t.Error(none)
	}
}
