package importer

// A search counts the steps of looking for titles, headers, units and formats on the sheets of a
// file: what they cost grows with the words that are looked at and with the cells of all that may be
// a header, which a small file may have without end. Where no steps are left nothing more is
// found, and the file is refused.
type search struct{ left int }

// Steps of what costs more than a byte of words.
const (
	titleSteps   = 6   // a byte of a title
	labelSteps   = 200 // a heading, besides its bytes
	headingSteps = 8   // a heading held against the columns of a form
	formatSteps  = 3   // a byte of a number format
)

// takes counts steps, and reports whether they may be made.
func (s *search) takes(steps int) bool {
	s.left -= steps
	return !s.over()
}

// over reports that more steps were wanted than there are.
func (s *search) over() bool { return s.left < 0 }
