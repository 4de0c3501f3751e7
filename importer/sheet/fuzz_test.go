package sheet

import (
	"bytes"
	"encoding/xml"
	"io"
	"testing"
)

// FuzzSheetXML: a worksheet part is read or refused, in whatever pieces it comes,
// and what is read is XML in the opinion of encoding/xml too.
func FuzzSheetXML(f *testing.F) {
	f.Add([]byte(goodSheet))
	f.Add([]byte(`<x:worksheet xmlns:x="` + mainSpace + `"><x:sheetData><x:row><x:c t="str"><x:v>a&#10;_x0041_]]</x:v></x:c></x:row></x:sheetData></x:worksheet>`))
	f.Add([]byte(`<worksheet xmlns="` + mainSpace + `"><!-- --><sheetData/><a><![CDATA[]]]></a></worksheet>`))
	f.Add([]byte("<?>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := dump(zipped(t, good(set(sheet1, string(data)))), DefaultLimits()); err != nil {
			refused(t, err)
		}
		whole, err := tokens(new(scanner), nil, data)
		pieces, err2 := tokens(&scanner{own: make([]byte, 0, 128)}, bytes.NewReader(data), nil)
		if err == nil && whole != pieces || (err == nil) != (err2 == nil) && len(data) < 128 {
			t.Fatalf("in one piece %q, %v; in many %q, %v", whole, err, pieces, err2)
		}
		if err != nil || byteOrder(data) != nil {
			return
		}
		other := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
		other.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
		for {
			if _, err := other.RawToken(); err == io.EOF {
				return
			} else if err != nil {
				t.Fatalf("encoding/xml disagrees: %v", err)
			}
		}
	})
}

// FuzzOpen: whatever the bytes, they are read or refused.
func FuzzOpen(f *testing.F) {
	f.Add(zipped(f, good()))
	f.Add([]byte(compound("Workbook")))
	f.Add([]byte("序号,项目\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := dump(data, DefaultLimits()); err != nil {
			refused(t, err)
		}
	})
}
