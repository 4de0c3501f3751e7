package sheet

import "strings"

// odfStyles are what the styles of an OpenDocument file say of cells, of their texts and of
// hidden tables.
type odfStyles struct {
	cells  map[string]odfStyle
	fonts  map[string]font // of styles of texts
	hidden map[string]bool // styles of tables that are not shown
	data   map[string]*dataStyle
	looks  map[string]cellStyle // found so far, by the style of the cell
}

// An odfStyle is the style of a cell: its number format, else that of its parent.
type odfStyle struct {
	data, parent string
	struck       bool
}

// A dataStyle is a number format: for some values that of another style, by conditions.
type dataStyle struct {
	code  string
	cases []dataCase
}

type dataCase struct{ condition, style string }

func newODFStyles() odfStyles {
	return odfStyles{map[string]odfStyle{}, map[string]font{}, map[string]bool{}, map[string]*dataStyle{}, map[string]cellStyle{}}
}

// read reads a style.
func (o *odfStyles) read(s *scanner) error {
	if len(o.cells)+len(o.data)+len(o.fonts)+len(o.hidden) >= s.limits.Formats {
		return over(s.part, "formats", int64(s.limits.Formats))
	}
	name := s.wordIn(spaceStyle, "name")
	switch {
	case s.is(spaceStyle, "style"):
		switch s.wordIn(spaceStyle, "family") {
		case "table-cell":
			style := odfStyle{data: s.wordIn(spaceStyle, "data-style-name"), parent: s.wordIn(spaceStyle, "parent-style-name")}
			font, err := odfFont(s)
			style.struck = font.struck
			o.cells[name] = style
			return err
		case "text":
			font, err := odfFont(s)
			o.fonts[name] = font
			return err
		case "table":
			return s.children(func() error {
				if s.is(spaceStyle, "table-properties") && s.wordIn(spaceTable, "display") == "false" {
					o.hidden[name] = true
				}
				return s.skip()
			})
		}
	case s.space == spaceData && strings.HasSuffix(string(s.local), "-style"):
		d := &dataFormat{s: s, percent: string(s.local) == "percentage-style", elapsed: s.wordIn(spaceData, "truncate-on-overflow") == "false"}
		if err := s.children(d.part); err != nil {
			return err
		}
		o.data[name] = &dataStyle{d.code.String(), d.cases}
		return nil
	}
	return (&openDocument{s: s}).skip()
}

// deepest is how many styles may lean on one another.
const deepest = 20

// look gives a cell style; ok is false for one that is declared nowhere. A cell without
// style and the default style, which some writers leave out, are General.
func (o *odfStyles) look(name string) (look cellStyle, ok bool) {
	if look, ok := o.looks[name]; ok {
		return look, true
	}
	style, ok := o.cells[name]
	if !ok {
		return look, name == "" || name == "Default"
	}
	look.struck = style.struck
	for n := 0; style.data == "" && style.parent != "" && n < deepest; n++ {
		style = o.cells[style.parent]
	}
	if style.data != "" {
		if look.format, ok = o.code(style.data); !ok {
			return look, false
		}
	}
	o.looks[name] = look
	return look, true
}

// odfFont reads the style just begun to its end, and gives its font.
func odfFont(s *scanner) (f font, err error) {
	err = s.children(func() error {
		if s.is(spaceStyle, "text-properties") {
			line := s.wordIn(spaceStyle, "text-line-through-style")
			f.struck = line != "" && line != "none"
			position := s.wordIn(spaceStyle, "text-position")
			percent, _, _ := strings.Cut(position, "%")
			_, up := natural([]byte(percent))
			f.raised = strings.HasPrefix(position, "super") || up && strings.Trim(percent, "0") != ""
		}
		return s.skip()
	})
	return f, err
}

// code gives a number format with its sections, those of conditions first. Gnumeric goes by General without
// declaring it.
func (o *odfStyles) code(name string) (string, bool) {
	style, ok := o.data[name]
	if !ok {
		return "", name == "General"
	}
	conditions, sections := "", ""
	for _, c := range style.cases {
		other, ok := o.data[c.style]
		if !ok {
			return "", false
		}
		conditions += "[" + c.condition + "]"
		sections += "[" + c.condition + "]" + other.code + ";"
	}
	switch conditions {
	case "[>=0]", "[>0][<0]", "[>0][<0][=0]": // what sections mean without
		sections = sectionCondition.Replace(sections)
	}
	code := sections + style.code
	if code == "General" {
		code = ""
	}
	return code, true
}

var sectionCondition = strings.NewReplacer("[>=0]", "", "[>0]", "", "[<0]", "", "[=0]", "")
