// Package naming takes the names of projects apart, as people do who ask whether two names mean
// one project: where it is, what it is about, what is done there, and the marks that tell a stage,
// a section, a number, a side, a year, a size or a road from another of its kind. Two names that
// say different things of one kind are names of two projects, however alike they look; two that
// differ in nothing but how they are written are one name.
//
// Names come folded (ledger.Fold, the county's own spelling). What is found here is a reading of
// words alone: what code, owner, place and money say is weighed by those who ask.
package naming

import (
	"cmp"
	"slices"
	"strings"

	"huizong/internal/ledger"
)

// A Name is a project's name taken apart.
type Name struct {
	// Stem is the name without its places and marks, without what says nothing (项目, 工程), without
	// remarks (专项债, EPC总承包) and signs. Where that leaves nothing and no place is named it is what
	// says nothing, else the whole name.
	Stem string
	// Words are those of the stem in their order, common ones in their usual form (道路 for 公路).
	Words []Word
	// Towns and Villages are the places named, ascending.
	Towns, Villages []string
	// Marks are what the name says of each kind; blank where it says nothing.
	Marks [kinds]string
	// Home is the place that a firm's name begins with (汉中, 陕西), Remarks what it says of money and
	// contracts: both are passed over, but tell two names apart that say different things.
	Home, Remarks string
}

// A Word is part of a stem.
type Word struct {
	Text string
	Sort Sort
}

// A Sort tells what a word speaks of.
type Sort int

// The sorts of words.
const (
	Subject Sort = iota // the project's own: names of firms, rivers, schools, and whatever is no common word
	Object              // what is built: 污水处理厂, 公路
	Manner              // what is done, and how: 新建, 综合, 配套
)

// Subject is what of the name is the project's own; blank where it is made of common words alone.
func (n *Name) Subject() string { return n.of(Subject) }

func (n *Name) of(sort Sort) string {
	var text strings.Builder
	for _, w := range n.Words {
		if w.Sort == sort {
			text.WriteString(w.Text)
		}
	}
	return text.String()
}

// Common reports a name of common words alone, such as any place may have: 村组道路硬化.
func (n *Name) Common() bool { return n.Subject() == "" && len(n.Villages) == 0 }

// Anywhere reports a name of common words alone that does not even say in which town.
func (n *Name) Anywhere() bool { return n.Common() && len(n.Towns) == 0 }

// A Kind is a kind of mark.
type Kind int

// The kinds of marks.
const (
	Year    Kind = iota // 2024年
	Stage               // 一期, 二阶段, 首期
	Batch               // 第三批
	Section             // 一标段, A包, 第二合同段
	Number              // 1#, 2号, 第一, 二区, 三组
	Side                // 东区, 上段, 后期, 下半年
	Chain               // K12+300
	Road                // S316
	Size                // 3万吨, 200亩
	kinds
)

// In is the kind as people read it.
func (k Kind) In(lang ledger.Lang) string {
	return [...]ledger.Phrase{{"年度", "year"}, {"期", "stage"}, {"批次", "batch"}, {"标段", "section"}, {"编号", "number"}, {"方位", "side"},
		{"桩号", "chainage"}, {"路线", "road"}, {"规模", "size"}}[k].In(lang)
}

// Parts reports a kind that makes another project of a name that has it, even if the other has none.
func (k Kind) Parts() bool { return k != Year && k != Size && k != Road && k != Chain }

// Rare reports a kind of mark that few names share.
func (k Kind) Rare() bool { return k == Chain || k == Road }

// Against is the first kind of mark of which two names say different things; not ok if there is none.
func (n *Name) Against(other *Name) (Kind, bool) {
	for k, mine := range n.Marks {
		if mine != "" && other.Marks[k] != "" && mine != other.Marks[k] {
			return Kind(k), true
		}
	}
	return 0, false
}

// lacking is the first kind of mark that only one of two names says and that tells a part from the
// whole, or one from another: a stage, a section, a number; not ok if there is none.
func (n *Name) lacking(other *Name) (Kind, bool) {
	for k, mine := range n.Marks {
		if (mine == "") != (other.Marks[k] == "") && Kind(k).Parts() {
			return Kind(k), true
		}
	}
	return 0, false
}

// elsewhere reports whether each of two names names a place that the other does not.
func (n *Name) elsewhere(other *Name) bool {
	return Crossed(n.Towns, other.Towns) || Crossed(n.Villages, other.Villages)
}

func differ(a, b string) bool { return a != "" && b != "" && a != b }

// Apart reports whether two names cannot be of one project without a person saying so.
func (n *Name) Apart(other *Name) bool {
	_, against := n.Against(other)
	_, lacking := n.lacking(other)
	return against || lacking || n.elsewhere(other) || differ(n.Home, other.Home) || differ(n.Remarks, other.Remarks)
}

// Disjoint reports whether two lists of places are known and have nothing in common.
func Disjoint(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && !Shared(a, b)
}

// Crossed reports whether each of two lists of places has one that the other has not.
func Crossed(a, b []string) bool { return len(a) > 0 && len(b) > 0 && beyond(a, b) && beyond(b, a) }

func beyond(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return !slices.Contains(b, x) })
}

// Shared reports whether two lists of places have one in common.
func Shared(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// A Gazetteer knows the towns of a county, by which names are read.
type Gazetteer struct {
	county vocabulary      // ways to write the county
	towns  map[rune][]town // by first character, the longest first
}

// A town is one way to write a town.
type town struct {
	written, official string
	short             bool // without 镇 or 街道: taken for the town only where nothing else can be meant
}

// NewGazetteer knows a county (城固县), and its towns and streets by their official names: 柳林镇, 博望街道.
func NewGazetteer(county string, towns ...string) *Gazetteer {
	g := &Gazetteer{vocabulary{}.add(Manner, county+" "+strings.TrimSuffix(county, "县")), map[rune][]town{}}
	add := func(t town) {
		first := []rune(t.written)[0]
		g.towns[first] = append(g.towns[first], t)
	}
	for _, name := range towns {
		add(town{name, name, false})
		for _, ending := range []string{"镇", "街道", "乡"} {
			if short, found := strings.CutSuffix(name, ending); found && len([]rune(short)) > 1 {
				add(town{short, name, true})
				if ending == "街道" {
					add(town{short + "办事处", name, false})
				}
			}
		}
	}
	for _, all := range g.towns {
		slices.SortStableFunc(all, func(a, b town) int { return cmp.Compare(len(b.written), len(a.written)) })
	}
	return g
}
