package ledger

import (
	"fmt"
	"strings"
	"testing"
)

// Many findings of one kind in one column are one line at the place of the first, with the cells of all; queries and what
// is of another kind stand alone, and none is lost.
func TestFoldFindings(t *testing.T) {
	wrong, ask, tell := &Code{ID: "C01", Severity: Error}, &Code{ID: "V01", Severity: Query}, &Code{ID: "F70", Severity: Notice}
	var all []Finding
	for row := 3; row < 40; row++ {
		all = append(all, Finding{Code: tell, Sheet: "一", Field: "备注", Cell: fmt.Sprint("B", row), Row: row, Found: "注"},
			Finding{Code: wrong, Sheet: "一", Field: "总投资", Cell: fmt.Sprint("C", row), Row: row, Found: fmt.Sprintf("约%d", row%5)},
			Finding{Code: ask, Sheet: "一", Field: "总投资", Cell: fmt.Sprint("C", row), Row: row})
	}
	for row := range foldedFrom - 1 {
		all = append(all, Finding{Code: wrong, Sheet: "二", Field: "总投资", Row: row + 1})
	}
	folded := FoldFindings(all)
	n, severities := 0, ""
	for _, f := range folded {
		n += 1 + len(f.Others)
		if f.Others != nil {
			severities += f.Code.Severity.String() + " "
		}
	}
	if n != len(all) || len(folded) != 2+37+foldedFrom-1 || severities != "notice error " {
		t.Errorf("%d findings in %d lines, folded are %s", n, len(folded), severities)
	}
	f := folded[1]
	if f.Code != wrong || f.FoundThere() != "约3、约4、约0…" || f.Places(Chinese) != "C3、C4、C5、C6、C7、C8、C9、C10、C11、C12、C13、C14等37处" {
		t.Errorf("%s, %s", f.FoundThere(), f.Places(Chinese))
	}
	if line := f.Line(Chinese); !strings.HasSuffix(line, "（另有同样的：C4、C5、C6、C7、C8、C9、C10、C11、C12、C13、C14、C15等36处）") {
		t.Error(line)
	}
}
