package sheet

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestXLS: ways to store one workbook.
func TestXLS(t *testing.T) {
	stream := goodXLS().stream()
	long := goodXLS(func(x *xls) { x.tail = strings.Repeat("\x00", 5000) }).stream()
	for name, data := range map[string][]byte{
		"BIFF8":                 goodXLS().file(),
		"BIFF5 in GB18030":      goodBIFF5().file(),
		"sectors of 4096 bytes": compoundOf(12, file{"Workbook", stream}),
		"a long stream":         compoundOf(9, file{"Workbook", long}),
		"long, large sectors":   compoundOf(12, file{"Workbook", long}),
		"capitals":              compoundOf(9, file{"WORKBOOK", stream}),
		"for Excel 5 and 97":    compoundOf(9, file{"Book", "x"}, file{"Workbook", stream}),
		"nonsense beside":       compoundOf(9, file{"\x05SummaryInformation", "x"}, file{"Workbook", stream}),
		"cells out of order": goodXLS(func(x *xls) {
			cell := record(recordLabelSST, u16(0), u16(0), u16(0), u32(0))
			x.sheet = strings.Replace(x.sheet, cell, "", 1) + cell
		}).file(),
		"odd formats that no cell has": goodXLS(func(x *xls) {
			x.globals = record(recordFormat, u16(190), u16(99), u8(0), "x") + record(recordFormat, u8(0)) + x.globals + style(190) + style(200)
		}).file(),
		"fewer shared strings than announced": goodXLS(func(x *xls) {
			x.globals = strings.Replace(x.globals, fields(u32(2), u32(2)), fields(u32(9), u32(9)), 1)
		}).file(),
		"an empty piece of shared strings": goodXLS(func(x *xls) { x.globals += record(recordContinue) }).file(),
		"BIFF5 without a code page":        goodBIFF5(func(x *xls) { x.globals = strings.Replace(x.globals, record(recordCodePage, u16(936)), "", 1) }).file(),
		"a few records of the number 0":    goodXLS(func(x *xls) { x.sheet += strings.Repeat(record(0), 4) }).file(),
		"a chart within": goodXLS(func(x *xls) {
			x.sheet += record(recordBOF, x.version, u16(0x20)) + record(recordNumber, u16(9), u16(9), u16(0), 1.0) + record(recordEOF)
		}).file(),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := dump(data, defaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(goodXLSDump, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestXLSCell: how records of cells read.
func TestXLSCell(t *testing.T) {
	at := func(id uint16, values ...any) string {
		return record(id, append([]any{u16(1), u16(1), u16(0)}, values...)...)
	}
	rk := func(n uint32) string { return at(recordRK, n) }
	formula := func(result ...any) string {
		return at(recordFormula, append(result, u16(0), u32(0), u16(0))...)
	}
	for _, test := range []struct{ name, records, want string }{
		{"whole number", rk(12<<2 | 2), `B=number"12"`},
		{"negative", rk(0xFFFFFFFE &^ 1), `B=number"-1"`},
		{"hundredths", rk(8550<<2 | 3), `B=number"85.5"`},
		{"hundredths that no float has", rk(110<<2 | 3), `B=number"1.1"`},
		{"upper half of a float", rk(0x3FF80000), `B=number"1.5"`},
		{"upper half of a float, hundredths", rk(0x3FF80000 | 1), `B=number"0.015"`},
		{"all digits of a float", at(recordNumber, 0.30000000000000004), `B=number"0.30000000000000004"`},
		{"zero", at(recordNumber, 0.0), `B=number"0"`},
		{"large", at(recordNumber, 123456789012345680000.0), `B=number"123456789012345680000"`},
		{"too large to write out", at(recordNumber, 1e21), `B=number"1E+21"`},
		{"too small to write out", at(recordNumber, 1.5e-8), `B=number"1.5E-08"`},
		{"side by side", record(recordMulRK, u16(1), u16(1), u16(0), u32(4|2), u16(1), u32(8|2), u16(2)), `B=number"1" C=number"2"[yyyy/m/d]`},
		{"last column", record(recordRK, u16(1), u16(255), u16(0), u32(4|2)), `IV=number"1"`},
		{"false", at(recordBoolErr, u8(0), u8(0)), `B=bool"0"`},
		{"error", at(recordBoolErr, u8(0x2A), u8(1)), `B=error"#N/A"`},
		{"only coloured", record(0x0201, u16(1), u16(1), u16(1)), ``},
		{"formula with number", formula(2.5), `B=formula number"2.5"`},
		{"formula with true", formula(u8(1), u8(0), u32(1), u16(0xFFFF)), `B=formula bool"1"`},
		{"formula with error", formula(u8(2), u8(0), u32(7), u16(0xFFFF)), `B=formula error"#DIV/0!"`},
		{"formula with empty text", formula(u8(3), u8(0), u32(0), u16(0xFFFF)), `B=formula text""`},
		{"formula with text", formula(u32(0), u16(0), u16(0xFFFF)) + record(0x04BC, u32(0)) + record(recordString, wideText("合计")), `B=formula text"合计"`},
		{"formula of BIFF4", at(recordFormula4, 2.5, u16(0), u32(0), u16(0)), `B=formula number"2.5"`},
		{"narrow text", at(recordLabel, u16(2), u8(0), "a\xE9"), `B=text"aé"`},
		{"text with fonts", at(recordLabel, u16(2), u8(flagRich|flagWide), u16(1), [2]u16{'甲', '乙'}, u32(0)), `B=text"甲乙"`},
		{"text with readings", at(recordLabel, u16(1), u8(flagReadings|flagWide), u32(3), u16('甲'), "xyz"), `B=text"甲"`},
		{"text without flags", at(recordLabel, u16(0)), `B=text""`},
		{"pair of surrogates", at(recordLabel, wideText("😀")), `B=text"😀"`},
		{"text that goes on narrow", at(recordLabel, u16(3), u8(flagWide), u16('甲')) + record(recordContinue, u8(0), "bc"), `B=text"甲bc"`},
		{"text that goes on wide", at(recordLabel, u16(2), u8(0), "a") + record(recordContinue, u8(flagWide), u16('乙')), `B=text"a乙"`},
		{"pair of surrogates in two records", at(recordLabel, u16(2), u8(flagWide), u16(0xD83D)) + record(recordContinue, u8(flagWide), u16(0xDE00)),
			`B=text"😀"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := ""
			if test.want != "" {
				want = "2: " + test.want + "\n"
			}
			if diff := cmp.Diff(want, dumpXLS(t, goodXLS(onlyRecords(test.records)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestSharedStrings: texts may be cut anywhere by the end of a record.
func TestSharedStrings(t *testing.T) {
	want := "1: A=text\"甲乙丙\" B=text\"丁\"\n"
	cells := record(recordLabelSST, u16(0), u16(0), u16(0), u32(0)) + record(recordLabelSST, u16(0), u16(1), u16(0), u32(1))
	first := fields(u16(3), u8(flagWide|flagRich|flagReadings), u16(1), u32(2))
	for name, sst := range map[string]string{
		"whole": record(recordSST, u32(2), u32(2), first, [3]u16{'甲', '乙', '丙'}, u32(0), "xy", wideText("丁")),
		"in the text": record(recordSST, u32(2), u32(2), first, u16('甲')) +
			record(recordContinue, u8(flagWide), [2]u16{'乙', '丙'}, u32(0), "xy", wideText("丁")),
		"before the fonts": record(recordSST, u32(2), u32(2), first, [3]u16{'甲', '乙', '丙'}) + record(recordContinue, u32(0), "xy", wideText("丁")),
		"in the readings":  record(recordSST, u32(2), u32(2), first, [3]u16{'甲', '乙', '丙'}, u32(0), "x") + record(recordContinue, "y", wideText("丁")),
		"between texts":    record(recordSST, u32(2), u32(2), first, [3]u16{'甲', '乙', '丙'}, u32(0), "xy") + record(recordContinue, wideText("丁")),
	} {
		t.Run(name, func(t *testing.T) {
			x := goodXLS(onlyRecords(cells), func(x *xls) { x.globals = style(0) + sst })
			if diff := cmp.Diff(want, dumpXLS(t, x)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestXLSBook: what is said of workbook and sheet.
func TestXLSBook(t *testing.T) {
	open := func(data []byte) *Book {
		t.Helper()
		book, err := openBytes(data)
		if err != nil {
			t.Fatal(err)
		}
		return book
	}
	summary := fields(make([]byte, 44), u32(48), u32(0), u32(2), // one section, at 48: its size, 2 properties
		[4]u32{1, 24, 13, 32}, u32(2), u32(936), u32(64), uint64(133_637_472_000_000_000))
	book := open(compoundOf(9, file{"\x05SummaryInformation", summary}, file{"Workbook", goodXLS(func(x *xls) {
		x.globals, x.state = strings.Replace(x.globals, record(recordDateMode, u16(0)), record(recordDateMode, u16(1)), 1), 2
	}).stream()}))
	if !book.Date1904 || !book.Sheets()[0].Hidden || book.Modified != "2024-06-25T00:00:00Z" {
		t.Errorf("1904 %v, hidden %v, modified %q", book.Date1904, book.Sheets()[0].Hidden, book.Modified)
	}
	for i := range summary {
		modified([]byte(summary[:i])) // must not panic
	}
	name := fields(u8(2), u8(flagWide), [2]u16{'城', '固'})
	if got := open(goodXLS(func(x *xls) { x.name = name }).file()).Sheets()[0].Name; got != "城固" {
		t.Errorf("name %q", got)
	}
}

// TestXLSDamage: a good workbook with one fault is refused whole.
func TestXLSDamage(t *testing.T) {
	cell := func(id uint16, values ...any) func(*xls) { return onlyRecords(record(id, values...)) }
	globals := func(records string) func(*xls) { return func(x *xls) { x.globals += records } }
	for _, test := range []struct {
		name   string
		reason Reason
		edit   func(*xls)
	}{
		{"password", Encrypted, globals(record(recordFilePass, u16(1)))},
		{"a version of nobody", FileXLS, func(x *xls) { x.version = 0x0700 }},
		{"only a chart", NoWorksheet, func(x *xls) { x.kind = 2 }},
		{"only a dialog", NoWorksheet, onlyRecords(record(recordSheetFlags, u16(0x10)))},
		{"a chart where a sheet is announced", Damaged, func(x *xls) { x.bof = 0x20 }},
		{"a record longer than the stream", Damaged, func(x *xls) { x.sheet += fields(u16(recordNumber), u16(8000)) }},
		{"a record longer than any", Damaged, func(x *xls) { x.sheet += record(recordNumber, make([]byte, longestRecord+1)) }},
		{"number cut off", Damaged, cell(recordNumber, u16(0), u16(0), u16(0), u32(0))},
		{"no number", Damaged, cell(recordNumber, u16(0), u16(0), u16(0), math.NaN())},
		{"infinite", Damaged, cell(recordNumber, u16(0), u16(0), u16(0), math.Inf(1))},
		{"numbers for other columns", Damaged, cell(recordMulRK, u16(1), u16(1), u16(0), u32(6), u16(2))},
		{"numbers beyond the last column", Damaged, cell(recordMulRK, u16(1), u16(255), u16(0), u32(6), u16(0), u32(6), u16(256))},
		{"column beyond the last", Damaged, cell(recordRK, u16(0), u16(256), u16(0), u32(6))},
		{"cell twice", Damaged, onlyRecords(strings.Repeat(record(recordRK, u16(0), u16(0), u16(0), u32(6)), 2))},
		{"cell of Excel 2", Damaged, cell(0x0003, u16(0), u16(0), [3]u8{}, 1.0)},
		{"style of nobody", Damaged, cell(recordRK, u16(0), u16(0), u16(3), u32(6))},
		{"number format of nobody", Damaged, func(x *xls) { x.globals = strings.Replace(x.globals, style(14), style(200), 1) }},
		{"number format that is odd", Damaged, func(x *xls) { x.globals += record(recordFormat, u16(14), u16(99), u8(0), "x") }},
		{"more shared strings than announced", Damaged, func(x *xls) {
			x.globals = style(0) + record(recordSST, u32(1), u32(1), wideText("甲"), wideText("乙"))
		}},
		{"shared strings cut in a text", Damaged, func(x *xls) {
			x.globals = style(0) + record(recordSST, u32(2), u32(2), wideText("甲"), u16(4), u8(0), "x")
		}},
		{"an end that holds something", Damaged, func(x *xls) { x.sheet += record(recordEOF, u8(0)) }},
		{"a record of the number 0", Damaged, func(x *xls) { x.sheet += record(0, u8(0)) }},
		{"many records of the number 0", Damaged, func(x *xls) { x.sheet += strings.Repeat(record(0), fewZeros+1) }},
		{"accents without a code page", Damaged, func(x *xls) {
			*x = *goodBIFF5(func(x *xls) {
				x.globals = strings.Replace(x.globals, record(recordCodePage, u16(936)), "", 1)
				x.sheet = strings.Replace(x.sheet, "\xB6\xFE", "\xE9t", 1)
			})
		}},
		{"shared string of nobody", Damaged, cell(recordLabelSST, u16(0), u16(0), u16(0), u32(2))},
		{"fewer shared strings than announced", Damaged, func(x *xls) { x.globals = style(0) + record(recordSST, u32(1), u32(1)) }},
		{"shared strings twice", Damaged, globals(record(recordSST, u32(0), u32(0)))},
		{"text over its record", Damaged, cell(recordLabel, u16(0), u16(0), u16(0), u16(9), u8(0), "x")},
		{"half a character", Damaged, cell(recordLabel, u16(0), u16(0), u16(0), u16(1), u8(flagWide), "x")},
		{"half a pair of surrogates", Damaged, cell(recordLabel, u16(0), u16(0), u16(0), u16(1), u8(flagWide), u16(0xD83D))},
		{"bool of 2", Damaged, cell(recordBoolErr, u16(0), u16(0), u16(0), u8(2), u8(0))},
		{"error of nobody", Damaged, cell(recordBoolErr, u16(0), u16(0), u16(0), u8(1), u8(1))},
		{"result of nobody", Damaged, cell(recordFormula, u16(0), u16(0), u16(0), u32(9), u16(0), u16(0xFFFF), u16(0), u32(0), u16(0))},
		{"text of a formula missing", Damaged, cell(recordFormula, u16(0), u16(0), u16(0), u32(0), u16(0), u16(0xFFFF), u16(0), u32(0), u16(0))},
		{"merged cells cut off", Damaged, cell(recordMerged, u16(2), [4]u16{})},
		{"merged backwards", Damaged, cell(recordMerged, u16(1), [4]u16{2, 1, 0, 0})},
		{"two sheets in one place", Damaged, func(x *xls) {
			before := *x
			at := strings.Index(x.stream(), x.sheet) - len(record(recordBOF, x.version, u16(0), [12]u8{}))
			listed := record(recordSheet, u32(0), u8(0), u8(0), x.name)
			x.globals += record(recordSheet, u32(at+len(listed)), u8(0), u8(0), before.name)
		}},
		{"a sheet outside", Damaged, globals(record(recordSheet, u32(1<<20), u8(0), u8(0), fields(u8(1), u8(0), "B")))},
		{"unknown code page", Damaged, func(x *xls) {
			*x = *goodBIFF5(func(x *xls) { x.globals = strings.Replace(x.globals, "\xA8\x03", "\xA9\x03", 1) })
		}},
		{"bytes not of the code page", Damaged, func(x *xls) {
			*x = *goodBIFF5(func(x *xls) { x.sheet = strings.Replace(x.sheet, "\xB6\xFE", "\xB6\xFF", 1) })
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := dump(goodXLS(test.edit).file(), defaultLimits)
			if refusal := refused(t, err); refusal.Reason != test.reason {
				t.Errorf("%v, want %s", err, test.reason)
			}
		})
	}
	stream := goodXLS().stream()
	for size := range len(stream) {
		if _, err := dump(compoundOf(9, file{"Workbook", stream[:size]}), defaultLimits); err == nil {
			t.Fatalf("read from %d of %d bytes", size, len(stream))
		}
	}
}

// TestXLSLimits: each limit refuses a workbook that is over it, and names it.
func TestXLSLimits(t *testing.T) {
	for name, tighten := range map[string]func(*Limits){
		"sheet":          func(l *Limits) { l.Sheet = 100 },
		"shared_strings": func(l *Limits) { l.SharedStrings = -1 },
		"strings":        func(l *Limits) { l.Strings = 1 },
		"cells":          func(l *Limits) { l.Cells = 7 },
		"merges":         func(l *Limits) { l.Merges = 1 },
		"formats":        func(l *Limits) { l.Formats = 2 },
		"format":         func(l *Limits) { l.Format = 5 },
		"text":           func(l *Limits) { l.Text = 5 },
		"entries":        func(l *Limits) { l.Entries = 1 },
	} {
		t.Run(name, func(t *testing.T) {
			limits := defaultLimits
			tighten(&limits)
			_, err := dump(goodXLS().file(), limits)
			if refusal := refused(t, err); refusal.Reason != TooLarge || refusal.Limit != name {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestCompound: faults of the compound file.
func TestCompound(t *testing.T) {
	long := goodXLS(func(x *xls) { x.tail = strings.Repeat("\x00", 5000) }).stream()
	put := func(at int, value uint32) func([]byte) []byte {
		return func(b []byte) []byte { return append(append(b[:at:at], fields(value)...), b[at+4:]...) }
	}
	table := len(compoundOf(9, file{"Workbook", long})) - 512
	directory := table - 512
	for name, spoil := range map[string]func([]byte) []byte{
		"header cut off":             func(b []byte) []byte { return b[:511] },
		"only the header":            func(b []byte) []byte { return b[:512] },
		"last sector missing":        func(b []byte) []byte { return b[:table] },
		"unknown sectors":            put(30, 10),
		"table beyond the end":       put(76, 1000),
		"table twice":                put(80, uint32(table-512)/512),
		"list of sectors astray":     func(b []byte) []byte { return put(68, 1000)(put(72, 1)(b)) },
		"directory beyond the end":   put(48, 1000),
		"chain that bites its tail":  put(table+4*2, 0),
		"chain onto itself":          put(table+4*2, 2),
		"chain that ends early":      put(table+4*2, endOfChain),
		"chain beyond the end":       put(table+4*2, 1000),
		"directory bites its tail":   put(table+4*((directory-512)/512), uint32(directory-512)/512),
		"stream larger than file":    put(directory+128+120, 1<<30),
		"sibling of itself":          put(directory+128+68, 1),
		"sibling of nobody":          put(directory+128+72, 99),
		"no root":                    put(directory+66, 0),
		"stream named as nobody has": put(directory+128, 'X'),
	} {
		t.Run(name, func(t *testing.T) {
			data := spoil(compoundOf(9, file{"Workbook", long}))
			_, err := dump(data, defaultLimits)
			if refusal := refused(t, err); refusal.Reason != Damaged && refusal.Reason != FileUnknown {
				t.Errorf("%v", err)
			}
		})
	}
	whole := compoundOf(9, file{"Workbook", goodXLS().stream()})
	for size := 8; size < len(whole); size++ {
		if got, err := dump(whole[:size], defaultLimits); err == nil && got != goodXLSDump {
			t.Fatalf("%d of %d bytes read as\n%s", size, len(whole), got)
		} else if err != nil {
			refused(t, err)
		}
	}
	twice := compoundOf(9, file{"Workbook", long}, file{"WORKBOOK", "x"})
	if _, err := dump(twice, defaultLimits); refused(t, err).Reason != Damaged {
		t.Errorf("two streams of one name: %v", err)
	}
}

// TestNumber: the digits of a number stand for it alone, and are as few as can be.
func TestNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Float64().Draw(t, "value")
		digits := string(appendNumber(nil, value))
		back, err := strconv.ParseFloat(digits, 64)
		if err != nil || back != value || !isNumber([]byte(digits)) {
			t.Fatalf("%v gives %s", value, digits)
		}
	})
}
