package receipt

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A stylebook is the styles part of a workbook, to which styles are added. Those that it has are left as they are.
type stylebook struct {
	content []byte
	formats [][]byte // the xf elements of cellXfs, with those added
	fills   [][]byte // likewise
	prefix  string   // of the names of elements
	counts  map[string]int
	added   map[string]string // raw XML by list: fonts, fills, borders, cellXfs
	known   map[string]int    // index by list and XML
}

// noStyles is a styles part that says nothing: the one font, the two fills, the one border and the one format
// that every workbook has.
func noStyles(space string) []byte {
	return []byte(xmlHead + `<styleSheet xmlns="` + space + `"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
}

// lists are those of a styles part that are added to, each with its elements.
var lists = map[string]string{"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}

func openStyles(content []byte) (*stylebook, error) {
	b := &stylebook{content: content, counts: map[string]int{}, added: map[string]string{}, known: map[string]int{}}
	w := tags{content: content}
	root, ok, err := w.find("styleSheet")
	if err != nil || !ok {
		return nil, errForeign
	}
	b.prefix = root.prefix()
	for {
		t, ok, err := w.next()
		switch {
		case err != nil:
			return nil, err
		case !ok:
			for list := range lists {
				if b.counts[list] == 0 {
					return nil, errForeign
				}
			}
			return b, nil
		case t.end:
			continue
		}
		element, isList := lists[t.local()]
		if !isList || t.single {
			if !t.single {
				if _, err := w.close(t); err != nil {
					return nil, err
				}
			}
			continue
		}
		if err := b.list(&w, t.local(), element); err != nil {
			return nil, err
		}
	}
}

// list counts the elements of a list, and keeps the formats.
func (b *stylebook) list(w *tags, name, element string) error {
	if b.counts[name] > 0 {
		return errForeign
	}
	for {
		t, ok, err := w.next()
		switch {
		case err != nil || !ok:
			return errForeign
		case t.end:
			return nil
		case t.local() != element:
			return errForeign
		}
		end, err := w.close(t)
		if err != nil {
			return err
		}
		b.counted(name, b.content[t.from:end.to])
	}
}

// counted counts an element of a list, and keeps the formats and fills.
func (b *stylebook) counted(list string, element []byte) {
	b.counts[list]++
	switch list {
	case "cellXfs":
		b.formats = append(b.formats, element)
	case "fills":
		b.fills = append(b.fills, element)
	}
}

// add gives the index of an element of a list, whose names have no prefix in the text.
func (b *stylebook) add(list, element string) int {
	if i, ok := b.known[list+element]; ok {
		return i
	}
	i := b.counts[list]
	b.known[list+element] = i
	b.counted(list, []byte(element))
	b.added[list] += element
	return i
}

// named puts the prefix of the part's elements to those of a text that has none.
func (b *stylebook) named(text string) string {
	if b.prefix == "" {
		return text
	}
	return strings.NewReplacer("</", "</"+b.prefix, "<", "<"+b.prefix).Replace(text)
}

// fill is the index of a fill of one colour, RRGGBB.
func (b *stylebook) fill(colour string) int {
	return b.add("fills", b.named(`<fill><patternFill patternType="solid"><fgColor rgb="FF`+colour+`"/><bgColor indexed="64"/></patternFill></fill>`))
}

// ourFill is a fill in one of our colours, whatever program wrote it.
var ourFill = regexp.MustCompile(`(?i)fgColor\s[^>]*rgb="(?:FF)?(` + strings.Join(slices.Sorted(maps.Values(colours)), "|") + `)"`)

// filled is the index of a format that differs from another in its fill alone. A blank colour takes a fill of ours away,
// and no other.
func (b *stylebook) filled(format int, colour string) int {
	if format >= len(b.formats) {
		format = 0
	}
	whole := b.formats[format]
	w := tags{content: whole}
	open, _, _ := w.next()
	fill := 0
	if colour != "" {
		fill = b.fill(colour)
	} else if is, err := number(whole[open.from:open.to], "fillId", 0); err != nil || is >= len(b.fills) || !ourFill.Match(b.fills[is]) {
		return format
	}
	head := with(whole[open.from:open.to], "fillId", strconv.Itoa(fill))
	head = with(head, "applyFill", "1")
	return b.add("cellXfs", string(head)+string(whole[open.to:]))
}

// bytes is the part with what was added.
func (b *stylebook) bytes() ([]byte, error) {
	content := b.content
	for _, list := range [...]string{"fonts", "fills", "borders", "cellXfs"} {
		if b.added[list] == "" {
			continue
		}
		w := tags{content: content}
		open, ok, err := w.find(list)
		if err != nil || !ok {
			return nil, errForeign
		}
		end, err := w.close(open)
		if err != nil {
			return nil, err
		}
		head := string(with(content[open.from:open.to], "count", strconv.Itoa(b.counts[list])))
		content = edited(content, []edit{{open.from, open.to, head}, {end.from, end.from, b.added[list]}})
	}
	return content, nil
}
