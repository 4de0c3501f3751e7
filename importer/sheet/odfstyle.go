package sheet

import "strings"

// odfStyles are what the styles of an OpenDocument file say of the number formats of cells
// and of hidden tables.
type odfStyles struct {
	cells  map[string]odfStyle
	hidden map[string]bool // styles of tables that are not shown
	data   map[string]*dataStyle
	codes  map[string]string // number formats found so far, by the style of the cell
}

// An odfStyle is the style of a cell: its number format, else that of its parent.
type odfStyle struct{ data, parent string }

// A dataStyle is a number format: for some values that of another style, by conditions.
type dataStyle struct {
	code  string
	cases []dataCase
}

type dataCase struct{ condition, style string }

func newODFStyles() odfStyles {
	return odfStyles{map[string]odfStyle{}, map[string]bool{}, map[string]*dataStyle{}, map[string]string{}}
}

// read reads a style.
func (o *odfStyles) read(s *scanner) error {
	if len(o.cells)+len(o.data)+len(o.hidden) >= 3*s.limits.Formats {
		return over(s.part, "formats", int64(s.limits.Formats))
	}
	name := s.wordIn(spaceStyle, "name")
	switch {
	case s.is(spaceStyle, "style"):
		switch s.wordIn(spaceStyle, "family") {
		case "table-cell":
			o.cells[name] = odfStyle{s.wordIn(spaceStyle, "data-style-name"), s.wordIn(spaceStyle, "parent-style-name")}
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

// format gives the number format code of a cell style; ok is false for a style that is
// declared nowhere. A cell without style and the default style, which some writers leave
// out, are General.
func (o *odfStyles) format(name string) (code string, ok bool) {
	if code, ok := o.codes[name]; ok {
		return code, true
	}
	style, ok := o.cells[name]
	if !ok {
		return "", name == "" || name == "Default"
	}
	for n := 0; style.data == "" && style.parent != "" && n < deepest; n++ {
		style = o.cells[style.parent]
	}
	if style.data != "" {
		if code, ok = o.code(style.data); !ok {
			return "", false
		}
	}
	o.codes[name] = code
	return code, true
}

// code gives a number format with its sections, those of conditions first.
func (o *odfStyles) code(name string) (string, bool) {
	style, ok := o.data[name]
	if !ok {
		return "", false
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
