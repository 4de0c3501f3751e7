package progress

import (
	"fmt"
	"strings"

	"huizong/consolidate/summary/page"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// hindering says what open problems of 要素保障堵点难点问题台账 hold a project up: number, kind,
// unit, and whether it is overdue; blank if none does.
func (r *Report) hindering(p *page.Project, all []page.Obstacle) string {
	var texts []string
	for _, o := range all {
		if o.Outcome == page.StruckOff || !r.holdsUp(o, p) {
			continue
		}
		late := ""
		if o.Days > 0 {
			late = fmt.Sprintf("，逾期%d天", o.Days)
		}
		texts = append(texts, fmt.Sprintf("%s %s（%s%s）", o.Name(), o.Kind(), o.Unit, late))
	}
	return strings.Join(texts, "；")
}

// holdsUp reports whether a problem is of a project: by code where both state a sound one,
// else by name.
func (r *Report) holdsUp(o page.Obstacle, p *page.Project) bool {
	mine, theirs := form.Progress.Code.Of(p.Record()), form.Obstacles.Code.Of(o.Record())
	if mine.Check() == ledger.CodeGood && theirs.Check() == ledger.CodeGood {
		return mine == theirs
	}
	return r.County.FoldName(p.Name()) == r.County.FoldName(form.Obstacles.Project.Of(o.Record()))
}
