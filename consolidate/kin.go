package consolidate

import (
	"strings"

	"huizong/consolidate/identity"
	"huizong/internal/form"
)

// tieKin says of projects that came and went what they may have been or become: one for one
// is a rename, one for several a split, several for one a merger; a part that came with its
// package, a package that took in what was there.
func tieKin(now *Register, f *form.Form, all []Movement) {
	var came, went []int
	var profiles []*identity.Profile // of those that came, then of those that went
	for _, kind := range []MovementKind{Entered, Left} {
		for i, m := range all {
			if m.Kind != kind {
				continue
			}
			profiles = append(profiles, now.profile(m.Project))
			if kind == Entered {
				came = append(came, i)
			} else {
				went = append(went, i)
			}
		}
	}
	heirs, forebears := map[int][]int{}, map[int][]int{} // by movement: movements
	blocks := identity.NewBlocks(profiles)
	for i := range came {
		for _, j := range blocks.Near(i) {
			if j < len(came) {
				continue
			}
			if score, _ := identity.BuiltIn.Succeeds(profiles[j], profiles[i]); score >= surelyOfSuccessors {
				a, b := came[i], went[j-len(came)]
				forebears[a], heirs[b] = append(forebears[a], b), append(heirs[b], a)
			}
		}
	}
	for i := range all {
		all[i].Kin = kinship(all, i, heirs, forebears)
	}
}

// kinship puts in words what a movement may mean beside others.
func kinship(all []Movement, i int, heirs, forebears map[int][]int) string {
	m := all[i]
	switch from, to := forebears[i], heirs[i]; {
	case m.Kind == Entered && m.Project.Parent != nil && len(from) == 0:
		return "打包项目“" + m.Project.Parent.Name() + "”的子项"
	case len(from) > 1:
		return "疑由" + names(all, from) + "合并"
	case len(from) == 1 && len(heirs[from[0]]) > 1:
		return "疑由" + names(all, from) + "拆分"
	case len(from) == 1:
		return "疑由" + names(all, from) + "更名"
	case len(to) > 1:
		return "疑拆分为" + names(all, to)
	case len(to) == 1 && len(forebears[to[0]]) > 1:
		return "疑并入" + names(all, to)
	case len(to) == 1:
		return "疑更名为" + names(all, to)
	}
	return ""
}

func names(all []Movement, of []int) string {
	quoted := make([]string, len(of))
	for n, i := range of {
		quoted[n] = "“" + all[i].Project.Name() + "”"
	}
	return strings.Join(quoted, "、")
}
