package workbook

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestNoNegativeZero: what rounds to nothing shows without a sign, in the cell, in a sentence and by
// the format of whoever calculates anew; points are nothing where they show as nothing.
func TestNoNegativeZero(t *testing.T) {
	b := New(Properties{Title: "试"}, Fonts{Body: "宋体", Heading: "黑体", Title: "宋体", Subheading: "楷体"})
	s := b.Sheet("甲", A4Portrait)
	change := s.At(1, 1).Span(1, 1).Put(Minus(Money(100_000_000_00), Money(100_300_000_00)), Yi.Signed())
	kept := s.At(1, 2).Span(1, 1).Put(Number(-0.006), Score)
	sentence := s.At(1, 3).Span(1, 1).Put(Sentence("较上月", As(change, Yi), "亿元"), Prose)
	points := s.At(1, 4).Span(1, 1).Put(PointsBetween(Number(0.4996), Number(0.5)), Points)
	for at, want := range map[Ref]string{change: "0.00", kept: "-0.01", sentence: "较上月0.00亿元", points: "0.0"} {
		if got := at.slot().shown(); got != want {
			t.Errorf("%s shows %q, want %q", at, got, want)
		}
	}
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := f.CalcCellValue("甲", "A3"); err != nil || got != "较上月0.00亿元" {
		t.Errorf("calculated anew: %q, %v", got, err)
	}
	formats, err := f.GetConditionalFormats("甲")
	if err != nil || len(formats) != 1 || !strings.Contains(formats["A1"][0].Criteria, "ROUND(A1,2)=0") {
		t.Errorf("formats %+v, %v", formats, err)
	}
}
