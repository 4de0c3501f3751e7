package consolidate

import (
	"slices"
	"strings"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// An heir is a project that stands for one of the month before that no longer stands by itself: as a
// person decided, or as long as nobody does.
type heir struct {
	old, new *Project
	matter   Matter
	decided  bool
}

// heirs are those of a form: what is open first, then what was decided, in the order of the decisions.
func heirs(now, before *Register, f *form.Form) []heir {
	if len(now.successors[f.ID]) == 0 && len(now.decided) == 0 {
		return nil
	}
	then, is := before.byKey(f), now.byKey(f)
	var all []heir
	for _, s := range now.successors[f.ID] {
		all = append(all, heir{then[now.Key(s.old)], is[now.Key(s.new)], s.matter, false})
	}
	for _, d := range now.decided.All() {
		for _, ends := range [][2]string{{d.A.Key, d.B.Key}, {d.B.Key, d.A.Key}} {
			old, heirOf := then[ends[0]], is[ends[1]]
			if d.Verdict == ledger.Different || old == nil || heirOf == nil || is[ends[0]] != nil {
				continue
			}
			matter := MatterRenamed
			switch {
			case d.Verdict == ledger.Part && ends[0] == d.A.Key:
				matter = MatterMerged
			case d.Verdict == ledger.Part:
				matter = MatterSplit
			}
			all = append(all, heir{old, heirOf, matter, true})
		}
	}
	return all
}

// byKey are the projects of a form by the keys of their rows.
func (g *Register) byKey(f *form.Form) map[string]*Project {
	of := map[string]*Project{}
	for _, p := range g.Projects[f.ID] {
		for _, row := range p.Rows() {
			of[g.Key(row)] = p
		}
	}
	return of
}

// tieHeirs says of what came and went what it goes on from, or as; of what is taken for renamed as long as
// nobody decides, that it is.
func tieHeirs(now, before *Register, f *form.Form, all []Movement) {
	of := map[*Project][]heir{} // by the project that came, and by the one that went
	for _, h := range heirs(now, before, f) {
		of[h.new] = append(of[h.new], h)
		of[h.old] = append(of[h.old], h)
	}
	for i := range all {
		m := &all[i]
		var mine []heir
		for _, h := range of[m.Project] {
			came := m.Kind == Entered || m.Kind == Renamed && !h.decided
			if came && h.new == m.Project || m.Kind == Left && h.old == m.Project {
				mine = append(mine, h)
			}
		}
		if len(mine) > 0 {
			m.Kin, m.Replaced = inheritance(m.Kind, mine), m.Kind == Left
		}
	}
}

// inheritance puts in words what a project that came goes on from, or one that went goes on as.
func inheritance(kind MovementKind, mine []heir) string {
	var quoted []string
	for _, h := range mine {
		name := "“" + h.old.Name() + "”"
		if kind == Left {
			name = "“" + h.new.Name() + "”"
		}
		if !slices.Contains(quoted, name) {
			quoted = append(quoted, name)
		}
	}
	others, matter := strings.Join(quoted, "、"), mine[0].matter
	switch certain := map[bool]string{true: "已判定", false: "疑"}[mine[0].decided]; {
	case mine[0].decided && matter == MatterRenamed: // but another row goes on from it
		return "已判定与" + others + "同一"
	case kind == Left:
		return certain + map[Matter]string{MatterRenamed: "更名为", MatterSplit: "拆分为", MatterMerged: "并入"}[matter] + others
	default:
		return certain + "由" + others + map[Matter]string{MatterRenamed: "更名", MatterSplit: "拆分", MatterMerged: "合并"}[matter]
	}
}
