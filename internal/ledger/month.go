package ledger

// A Standing is a row in force for a month: what one department says of one entity of a
// stock or of the month, whoever reported it when.
type Standing struct {
	ReturnID         // of the month in which it stands
	Entity   string  // what identifies the row within its form: project code, else name and owner, folded
	Record   *Record // the values in force, of the return itself where they are as it reported them; a field held back shows the value accepted before
	From     Period  // the month it was last reported in; earlier than the month is 沿用
	First    Period  // the month since which the department reports the row; zero: From
	Content  string  // the return it was reported by
}

// Origin is the return that a field of the row was accepted from; Record has its cell.
func (s *Standing) Origin(field int) Origin {
	if kept, ok := s.Record.Kept[field]; ok {
		return kept
	}
	return Origin{s.From, s.Content}
}

// Since is the month since which the department reports the row.
func (s *Standing) Since() Period {
	if s.First.IsZero() {
		return s.From
	}
	return s.First
}

// Carried reports whether the row stands from an earlier month (沿用).
func (s *Standing) Carried() bool { return s.From != s.Period }

// A Month is what a run makes of a period: written to the database in one piece.
type Month struct {
	Region   string
	Period   Period
	Rules    string           // SHA-256 of rules, forms, codes and configuration
	Before   string           // SHA-256 of the standing rows of the month before; blank if there are none
	Sum      string           // SHA-256 of this month's standing rows
	Returns  []*Return        // every version known, with version and state
	Standing []Standing       // ordered by form, department's order, row
	Findings []Finding        // of everything in force, sorted
	Figures  map[string]int64 // published figures by name; one that is not known is absent
	Balance  Rows             // of all returns of the period
	Report   string           // run.json as it was published; blank: merged by a build that did not keep it
}
