package sheet

import (
	"encoding/binary"
	"fmt"
	"strings"

	"golang.org/x/text/encoding"
)

// biff is a workbook of Excel 5 to 2003 or a WPS .et in the making ([MS-XLS]): a
// stream of records, of which the first substream is about the workbook and each
// further one a sheet.
type biff struct {
	book   *Book
	stream string // its name
	data   []byte
	old    bool // BIFF5: texts are bytes of a code page, not UTF-16

	decoder *encoding.Decoder // of the code page; nil decodes ASCII alone
	strings sharedStrings
	fonts   []font
	marking bool // some font strikes through or raises
	styles  []cellStyle
	units   []uint16 // scratch of text
	runs    []fontRun
}

// The records that are read.
const (
	recordFormula    = 0x0006
	recordFormula3   = 0x0206 // as BIFF3 and BIFF4 number it
	recordFormula4   = 0x0406
	recordEOF        = 0x000A
	recordDateMode   = 0x0022
	recordFilePass   = 0x002F
	recordFont       = 0x0031
	recordContinue   = 0x003C
	recordCodePage   = 0x0042
	recordColInfo    = 0x007D
	recordSheetFlags = 0x0081 // WSBOOL
	recordSheet      = 0x0085 // BOUNDSHEET
	recordMulRK      = 0x00BD
	recordRString    = 0x00D6
	recordXF         = 0x00E0
	recordMerged     = 0x00E5
	recordSST        = 0x00FC
	recordLabelSST   = 0x00FD
	recordNumber     = 0x0203
	recordLabel      = 0x0204
	recordBoolErr    = 0x0205
	recordString     = 0x0207
	recordRow        = 0x0208
	recordRK         = 0x027E
	recordBOF        = 0x0809
	recordFormat     = 0x041E
)

// firstOld to lastOld are the cells of BIFF2, which have no place in later versions.
const firstOld, lastOld = 0x0002, 0x0005

// longestRecord is how many bytes a record may hold.
const longestRecord = 8224

// records gives the records of a stream one by one.
type records struct {
	data []byte
	pos  int
}

// next gives a record and what it holds; ok is false where the stream ends or is
// none of records.
func (r *records) next() (id uint16, body []byte, ok bool) {
	if len(r.data)-r.pos < 4 {
		return 0, nil, false
	}
	head := r.data[r.pos:]
	id = binary.LittleEndian.Uint16(head)
	length := int(binary.LittleEndian.Uint16(head[2:]))
	if length > longestRecord || len(head)-4 < length {
		return 0, nil, false
	}
	r.pos += 4 + length
	return id, head[4 : 4+length], true
}

// listed is a sheet as the workbook lists it.
type listed struct {
	named
	at int // where its substream begins
}

func openBIFF(stream string, data []byte, limits Limits) (*Book, error) {
	b := &biff{book: &Book{limits: limits}, stream: stream, data: data}
	sheets, err := b.globals()
	if err != nil {
		return nil, err
	}
	scanned, taken := 0, make(map[int]bool)
	for _, l := range sheets {
		s := &biffSheet{biff: b, part: fmt.Sprintf("sheet %.40q", l.name), sheet: &Sheet{Name: l.name, Hidden: l.hidden, book: b.book}}
		if l.at < 0 || l.at > len(data) || taken[l.at] {
			return nil, damaged(stream, "%s has no place of its own", s.part)
		}
		taken[l.at] = true
		size, err := s.scan(l.at)
		if err != nil {
			return nil, s.sheet.at(err)
		}
		if scanned += size; scanned > len(data) {
			return nil, damaged(stream, "the sheets lie one over the other")
		}
		if !s.dialog {
			s.sheet.open = s.rows
			b.book.sheets = append(b.book.sheets, s.sheet)
		}
	}
	if len(b.book.sheets) == 0 {
		return nil, &Refusal{Reason: NoWorksheet, Part: stream, Detail: "none of the sheets is a worksheet"}
	}
	return b.book, nil
}

// damaged is a fault in a record of the workbook.
func (b *biff) damaged(format string, args ...any) error {
	return damaged(b.stream, format, args...)
}

// globals reads what is said of the workbook and lists its worksheets.
func (b *biff) globals() ([]listed, error) {
	r := &records{data: b.data}
	id, body, ok := r.next()
	if !ok || id != recordBOF || len(body) < 4 {
		return nil, b.damaged("the stream does not begin as a workbook")
	}
	switch version := binary.LittleEndian.Uint16(body); version {
	case 0x0500:
		b.old = true
	case 0x0600:
	default:
		return nil, refuse(FileXLS, fmt.Sprintf("a workbook of version %#x", version))
	}
	g := globals{biff: b, codes: make(map[int]string)}
	for depth := 1; depth > 0; {
		id, body, ok := r.next()
		if !ok {
			return nil, b.damaged("the stream breaks off after %d bytes", r.pos)
		}
		var err error
		switch id {
		case recordBOF:
			depth++
		case recordEOF:
			depth--
		case recordSST:
			err = b.sharedStrings(body, r)
		default:
			err = g.record(id, body)
		}
		if err != nil {
			return nil, err
		}
	}
	return g.sheets, g.cellStyles()
}

// globals is what is said of a workbook.
type globals struct {
	*biff
	sheets []listed
	codes  map[int]string // number formats
	xfs    []xf
}

func (g *globals) record(id uint16, body []byte) error {
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	long := func(n int) bool { return len(body) >= n }
	switch id {
	case recordFilePass:
		return &Refusal{Reason: Encrypted, Part: g.stream, Detail: "the workbook has a password"}
	case recordCodePage:
		if !long(2) {
			return g.damaged("a code page without number")
		}
		g.decoder = codePage(u16(body))
	case recordDateMode:
		g.book.Date1904 = long(2) && u16(body) == 1
	case recordXF:
		if !long(4) {
			return g.damaged("style %d is cut off", len(g.xfs))
		}
		if len(g.xfs) == g.book.limits.Formats {
			return over(g.stream, "formats", int64(g.book.limits.Formats))
		}
		g.xfs = append(g.xfs, xf{font: int(u16(body)), format: int(u16(body[2:]))})
	case recordFont:
		g.addFont(body)
	case recordFormat:
		return g.format(body)
	case recordSheet:
		if !long(7) {
			return g.damaged("a sheet without name")
		}
		name, err := g.text(nil, &content{piece: body[6:]}, 1)
		if err != nil {
			return err
		}
		if len(g.sheets) == g.book.limits.Entries {
			return over(g.stream, "entries", int64(g.book.limits.Entries))
		}
		if body[5] == 0 { // else a macro sheet, a chart or a module
			sheet := named{name: string(name), hidden: body[4]&3 != 0}
			g.sheets = append(g.sheets, listed{named: sheet, at: int(u32(body))})
		}
	}
	return nil
}

func (g *globals) format(body []byte) error {
	if len(body) < 3 {
		return g.damaged("a number format is cut off")
	}
	width := 2
	if g.old {
		width = 1
	}
	code, err := g.text(nil, &content{piece: body[2:]}, width)
	switch limits := g.book.limits; {
	case err != nil:
		return err
	case len(code) > limits.Format:
		return over(g.stream, "format", int64(limits.Format))
	case len(g.codes) == limits.Formats:
		return over(g.stream, "formats", int64(limits.Formats))
	}
	id := int(binary.LittleEndian.Uint16(body))
	g.codes[id] = string(code)
	if strings.EqualFold(g.codes[id], "General") {
		g.codes[id] = ""
	}
	return nil
}

// cellStyles finds number format and font of every style.
func (g *globals) cellStyles() error {
	for _, xf := range g.xfs {
		code, ok := g.codes[xf.format]
		if !ok {
			code, ok = builtin[xf.format]
		}
		if !ok {
			return g.damaged("number format %d is declared nowhere", xf.format)
		}
		g.styles = append(g.styles, cellStyle{format: code, struck: g.font(xf.font).struck})
	}
	return nil
}
