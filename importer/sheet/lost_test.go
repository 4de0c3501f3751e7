package sheet

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestXLSLost: an .xls of which a disk has lost a sector, and gives zeros for it, is
// refused or read to its last cell; so is one that is cut off.
func TestXLSLost(t *testing.T) {
	files := map[string][]byte{
		"rows of numbers": goodXLS(onlyRecords(wideRows()), parentStyle).file(),
		"long texts":      goodXLS(onlyRecords(longLabels())).file(),
		"shared strings":  manyStrings().file(),
		"BIFF5":           goodBIFF5(func(x *xls) { x.sheet += oldLabels() }).file(),
	}
	paths, err := filepath.Glob("../../samples/*/inbox/*.xls")
	if err != nil || len(paths) == 0 {
		t.Fatal("no sample", err)
	}
	for _, path := range paths {
		if files[filepath.Base(path)], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	loseAll(t, files)
}

// TestCorpusLost does the same to the .xls and .et that others wrote.
func TestCorpusLost(t *testing.T) {
	if testing.Short() {
		t.Skip("damages 200 files")
	}
	files := make(map[string][]byte)
	for _, file := range corpus(t) {
		if file.extension != "xls" && file.extension != "et" {
			continue
		}
		data, err := os.ReadFile(file.path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := dump(data, defaultLimits); err == nil && len(data) < 1<<20 {
			files[file.name] = data
		}
	}
	loseAll(t, files)
}

// loseAll damages the files in all the ways of lose.
func loseAll(t *testing.T, files map[string][]byte) {
	var total outcomes
	for name, data := range files {
		total.add(lose(t, name, data))
	}
	t.Logf("%d files, %d damages: %d refused, %d without effect", len(files), total.refused+total.same, total.refused, total.same)
}

// outcomes counts what damage does: the file is refused, or gives the same cells.
type outcomes struct{ refused, same int }

func (o *outcomes) add(more outcomes) {
	o.refused += more.refused
	o.same += more.same
}

// lose takes from a good file one sector after the other, of 512 and of 4096 bytes, and
// cuts it off at each.
func lose(t *testing.T, name string, data []byte) (found outcomes) {
	good, err := dump(data, defaultLimits)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	try := func(what string, damaged []byte) {
		got, err := dump(damaged, defaultLimits)
		switch {
		case err != nil:
			refused(t, err)
			found.refused++
		case got == good:
			found.same++
		default:
			t.Errorf("%s: %s is read as something else", name, what)
		}
	}
	for _, size := range []int{512, 4096} {
		for at := 512; at < len(data); at += size {
			lost := bytes.Clone(data)
			clear(lost[at:min(len(data), at+size)])
			try(fmt.Sprintf("without the %d bytes at %d", size, at), lost)
		}
	}
	for size := 512; size < len(data); size += 512 {
		try(fmt.Sprintf("cut off at %d", size), data[:size])
	}
	return found
}

// parentStyle makes the first style one that no cell may have.
func parentStyle(x *xls) {
	x.globals = record(recordXF, u16(0), u16(0), u16(0xFFF5), [14]u8{}) + style(0) + record(recordSST, u32(0), u32(0))
}

// wideRows are rows of numbers side by side, longer than a sector each.
func wideRows() string {
	var b strings.Builder
	for row := range u16(40) {
		var numbers strings.Builder
		for i := range u32(200) {
			numbers.WriteString(fields(u16(1), (u32(row)*200+i)<<2|2))
		}
		b.WriteString(record(recordMulRK, row, u16(0), numbers.String(), u16(199)))
	}
	return b.String() + record(recordMerged, u16(1000), manyMerges(1000))
}

// manyMerges are n merged ranges of two cells.
func manyMerges(n int) string {
	var b strings.Builder
	for i := range u16(n) {
		b.WriteString(fields([4]u16{i, i, 0, 1}))
	}
	return b.String()
}

// longLabels are texts longer than a sector each, within their cells.
func longLabels() string {
	var b strings.Builder
	for row := range u16(30) {
		text := fmt.Sprint(row) + strings.Repeat("abcdefg ", int(row)*20)
		b.WriteString(record(recordLabel, row, u16(0), u16(0), u16(len(text)), u8(0), text))
		b.WriteString(record(recordFormula, row, u16(1), u16(0), u32(0), u16(0), u16(0xFFFF), u16(0), u32(0), u16(0)))
		b.WriteString(record(recordString, wideText(strings.Repeat("结果", int(row)*20)+"。")))
	}
	return b.String()
}

// oldLabels are the same of BIFF5.
func oldLabels() string {
	var b strings.Builder
	for row := range u16(30) {
		text := gb18030(fmt.Sprint(row) + strings.Repeat("项目", int(row)*10))
		b.WriteString(record(recordLabel, row+10, u16(0), u16(0), u16(len(text)), text))
	}
	return b.String()
}

// manyStrings shares texts of many lengths, in more than one record.
func manyStrings() *xls {
	const n = 600
	return goodXLS(func(x *xls) {
		var cells, pieces strings.Builder
		piece := fields(u32(n), u32(n))
		id := uint16(recordSST)
		for i := range u32(n) {
			text := wideText(fmt.Sprint(i) + strings.Repeat("项目", int(i)%40))
			if i%97 == 0 {
				text = wideText(strings.Repeat("很长的说明", 100) + fmt.Sprint(i))
			}
			if len(piece)+len(text) > longestRecord {
				pieces.WriteString(record(id, piece))
				piece, id = "", recordContinue
			}
			piece += text
			cells.WriteString(record(recordLabelSST, u16(i), u16(0), u16(0), i))
		}
		x.globals, x.sheet = style(0)+pieces.String()+record(id, piece), cells.String()
	})
}
