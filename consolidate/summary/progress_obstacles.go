package summary

import (
	"fmt"
	"strings"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// hindering says what open problems of 要素保障堵点难点问题台账 hold a project up: number, kind,
// unit, and whether it is overdue; blank if none does.
func (r *progressReport) hindering(p project, all []obstacle) string {
	var texts []string
	for _, o := range all {
		if o.outcome == closed || !r.holdsUp(o, p) {
			continue
		}
		late := ""
		if o.days > 0 {
			late = fmt.Sprintf("，逾期%d天", o.days)
		}
		texts = append(texts, fmt.Sprintf("%s %s（%s%s）", o.Name(), o.kind(), o.unit, late))
	}
	return strings.Join(texts, "；")
}

// holdsUp reports whether a problem is of a project: by code where both state a sound one,
// else by name.
func (r *progressReport) holdsUp(o obstacle, p project) bool {
	mine, theirs := form.Progress.Code.Of(p.Record()), form.Obstacles.Code.Of(o.Record())
	if mine.Check() == ledger.CodeGood && theirs.Check() == ledger.CodeGood {
		return mine == theirs
	}
	return r.County.FoldName(p.Name()) == r.County.FoldName(form.Obstacles.Project.Of(o.Record()))
}
