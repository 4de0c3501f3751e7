package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"huizong/internal/ledger"
)

const (
	goodReturn  = "2024.6县统计局任务进展情况.xlsx"
	otherReturn = "2024.6科技局任务进展情况.xlsx"
	damagedPart = "xl/worksheets/sheet1.xml"
)

// The damage that other readers swallow, done to a good return of the sample: the file is
// refused whole with one finding, nothing of it is taken, and the run goes on.
func TestDamagedReturnIsRefused(t *testing.T) {
	replace := func(old, by string) func(*testing.T, *packedPart) {
		return func(t *testing.T, p *packedPart) {
			if !bytes.Contains(p.text, []byte(old)) {
				t.Fatalf("the return has no %s", old)
			}
			p.text = bytes.Replace(p.text, []byte(old), []byte(by), 1)
		}
	}
	const row, value = `<row r="6">`, `<v>0.48</v>`
	for _, test := range []struct {
		name string
		do   func(*testing.T, *packedPart)
	}{
		{"cut sheet", func(t *testing.T, p *packedPart) { p.text = p.text[:bytes.Index(p.text, []byte(row))] }},
		{"bare &", replace(value, `<v>0.48 & 1</v>`)},
		{"control character", replace(value, "<v>0.4\x018</v>")},
		{"GBK bytes", replace(` t="s"><v>26</v>`, " t=\"inlineStr\"><is><t>\xCD\xC6\xBD\xF8</t></is>")},
		{"damaged stream", func(t *testing.T, p *packedPart) {
			p.damage = func(_ *zip.FileHeader, packed []byte) { packed[len(packed)/2] ^= 0x55 }
		}},
		{"wrong checksum", func(t *testing.T, p *packedPart) { p.damage = func(h *zip.FileHeader, _ []byte) { h.CRC32 ^= 1 } }},
		{"wrong size", func(t *testing.T, p *packedPart) {
			p.damage = func(h *zip.FileHeader, _ []byte) { h.UncompressedSize64-- }
		}},
		{"rows out of order", replace(row, `<row r="9"></row>`+row)},
		{"row twice", replace(row, `<row r="5"><c r="J5"><v>1</v></c></row>`+row)},
		{"cell twice", replace(`<c r="K5"`, `<c r="J5" s="6"><v>0.5</v></c><c r="K5"`)},
		{"bad string index", replace(`<v>26</v>`, `<v>26x</v>`)},
	} {
		t.Run(test.name, func(t *testing.T) {
			inbox := t.TempDir()
			from := filepath.Join(samplesDir, "2024-06", "inbox")
			copyFile(t, filepath.Join(from, otherReturn), filepath.Join(inbox, otherReturn))
			damageFile(t, filepath.Join(from, goodReturn), filepath.Join(inbox, goodReturn), test.do)

			got := runReport(t, exitLeftOut, "--period", "2024-06", "--inbox", inbox)
			taken := map[string]int{}
			for _, file := range got.Files {
				taken[file.Path] = len(file.Returns)
				if damaged := file.Path == goodReturn; damaged != (file.Refused != "") {
					t.Errorf("%s is refused for %q", file.Path, file.Refused)
				}
			}
			if taken[goodReturn] != 0 || taken[otherReturn] != 1 || len(got.Workbooks) == 0 {
				t.Errorf("returns taken: %v; %d workbooks", taken, len(got.Workbooks))
			}
			holdOneFinding(t, inbox)
		})
	}
}

// holdOneFinding holds that the damaged file raises a single finding, which refuses it.
func holdOneFinding(t *testing.T, inbox string) {
	t.Helper()
	var checked struct{ Files []checkedFile }
	text := huizong(t, exitLeftOut, "--json", "check", "--period", "2024-06", filepath.Join(inbox, goodReturn))
	if err := json.Unmarshal([]byte(text), &checked); err != nil {
		t.Fatal(err)
	}
	if found := checked.Files[0].Findings; len(found) != 1 || found[0].Effect != ledger.RejectFile.String() {
		t.Errorf("findings: %v", found)
	}
}

// A packedPart is a part of a workbook on its way into the file: its text, and what is done
// to it once it is packed.
type packedPart struct {
	text   []byte
	damage func(header *zip.FileHeader, packed []byte)
}

// damageFile copies a workbook and does damage to its sheet.
func damageFile(t *testing.T, from, to string, do func(*testing.T, *packedPart)) {
	t.Helper()
	good, err := zip.OpenReader(from)
	if err != nil {
		t.Fatal(err)
	}
	defer good.Close()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range good.File {
		if part.Name != damagedPart {
			err = w.Copy(part)
		} else {
			err = writeDamaged(t, w, part, do)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// writeDamaged packs the part anew, so that what is damaged below the text is all there is.
func writeDamaged(t *testing.T, w *zip.Writer, part *zip.File, do func(*testing.T, *packedPart)) error {
	r, err := part.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	p := &packedPart{}
	if p.text, err = io.ReadAll(r); err != nil {
		return err
	}
	do(t, p)
	header, packed, err := pack(p.text)
	if err != nil {
		return err
	}
	if p.damage != nil {
		p.damage(header, packed)
	}
	raw, err := w.CreateRaw(header)
	if err != nil {
		return err
	}
	_, err = raw.Write(packed)
	return err
}

// pack is the sheet as a zip holds it.
func pack(text []byte) (*zip.FileHeader, []byte, error) {
	var alone bytes.Buffer
	w := zip.NewWriter(&alone)
	to, err := w.CreateHeader(&zip.FileHeader{Name: damagedPart, Method: zip.Deflate})
	if err == nil {
		_, err = io.Copy(to, strings.NewReader(string(text)))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, nil, err
	}
	r, err := zip.NewReader(bytes.NewReader(alone.Bytes()), int64(alone.Len()))
	if err != nil {
		return nil, nil, err
	}
	packed, err := r.File[0].OpenRaw()
	if err != nil {
		return nil, nil, err
	}
	content, err := io.ReadAll(packed)
	return &r.File[0].FileHeader, content, err
}
