package document

// What is kept free at the left and right of cells, above and below.
const (
	cellMargin = 60
	cellRoom   = 40
)

// Widths of rules, in eighths of a point.
const (
	thin  = "4"
	thick = "8"
)

type sides []string

var allSides = sides{"top", "left", "bottom", "right", "insideH", "insideV"}

// borders draws rules on some sides, in the order of allSides.
func borders(name string, on sides, size string) node {
	n := tag(name)
	for _, side := range on {
		n = n.of(tag("w:"+side, "w:val", "single", "w:sz", size, "w:space", "0", "w:color", "000000"))
	}
	return n
}

func cellMargins(across, down int) node {
	side := func(name string, width int) node { return tag("w:"+name, "w:w", digits(width), "w:type", "dxa") }
	return tag("w:tblCellMar").of(side("top", down), side("left", across), side("bottom", down), side("right", across))
}

// A grid is one w:tbl. Widths and heights are in twips.
type grid struct {
	columns []int
	rows    []row
	more    int           // rows after those, which are made when they are written
	row     func(int) row // of those
	plain   bool          // without rules and margins
	place   node          // where it floats, if it does
}

type row struct {
	cells  []cell
	height int  // at least, or exactly
	exact  bool // the height is not exceeded
	head   bool // it stands at the top of each page
}

type cell struct {
	paragraphs []*paragraph
	span       int // columns; 0 is one
	upright    upright
	turned     bool // its lines run down
	rules      node // its own
}

// An upright is a vertical alignment.
type upright string

const (
	top    upright = "top"
	middle upright = "center"
	foot   upright = "bottom"
)

func (g grid) node() node {
	total := 0
	columns := tag("w:tblGrid")
	for _, width := range g.columns {
		total += width
		columns = columns.of(tag("w:gridCol", "w:w", digits(width)))
	}
	style, margins := "TableGrid", cellMargins(cellMargin, cellRoom)
	if g.plain {
		style, margins = "TableNormal", cellMargins(0, 0)
	}
	return tag("w:tbl").of(tag("w:tblPr").of(
		val("w:tblStyle", style), g.place,
		tag("w:tblW", "w:w", digits(total), "w:type", "dxa"),
		tag("w:tblInd", "w:w", "0", "w:type", "dxa"),
		tag("w:tblLayout", "w:type", "fixed"), margins,
	), columns).ofEach(func(yield func(node) bool) {
		for _, r := range g.rows {
			if !yield(r.node(g.columns)) {
				return
			}
		}
		for i := range g.more {
			if !yield(g.row(i).node(g.columns)) {
				return
			}
		}
	})
}

func (r row) node(columns []int) node {
	rule := "atLeast"
	if r.exact {
		rule = "exact"
	}
	n := tag("w:tr").of(tag("w:trPr").of(
		tag("w:cantSplit"),
		when(r.height != 0, tag("w:trHeight", "w:val", digits(r.height), "w:hRule", rule)),
		when(r.head, tag("w:tblHeader")),
	))
	for _, c := range r.cells {
		span := max(1, c.span)
		width := 0
		for _, w := range columns[:span] {
			width += w
		}
		columns = columns[span:]
		n = n.of(c.node(width))
	}
	return n
}

func (c cell) node(width int) node {
	n := tag("w:tc").of(tag("w:tcPr").of(
		tag("w:tcW", "w:w", digits(width), "w:type", "dxa"),
		when(c.span > 1, val("w:gridSpan", digits(c.span))),
		c.rules,
		when(c.turned, val("w:textDirection", "tbRl")),
		when(c.upright != "", val("w:vAlign", string(c.upright))),
	))
	for _, p := range c.paragraphs {
		n = n.of(p.node())
	}
	return n
}
