package sheet

// Limits bound what a stranger's file may cost. All are counts, so that a slow
// machine refuses the same files as a fast one. A file over a limit is refused as
// TooLarge, with the limit by the name behind it.
type Limits struct {
	File          int64 // file: bytes of the file
	Unzipped      int64 // unzipped: bytes of all parts that are read, inflated
	Sheet         int64 // sheet: bytes of one worksheet, inflated
	SharedStrings int64 // shared_strings: bytes of the shared strings, inflated
	Styles        int64 // styles: bytes of the styles, inflated
	Other         int64 // other: bytes of any other part that is read, inflated

	Entries  int // entries: entries of the zip or compound file, and sheets
	Cells    int // cells: cells with a value or a formula, in all sheets
	Strings  int // strings: shared strings, those with parts that are struck through or raised twice
	Merges   int // merges: merged ranges of one sheet
	Formats  int // formats: cell styles, and number formats
	Format   int // format: bytes of one number format
	Text     int // text: bytes of the text of a cell
	Tag      int // tag: bytes of a tag, or of what else stands between two tags
	Content  int // content: bytes of the texts of all cells, each as often as it stands
	Rows     int // rows: rows of a table; what a table is, this package does not know
	Findings int // findings: what reading the tables finds to ask, likewise
	Search   int // search: steps of the search for tables, likewise
	Depth    int // depth: elements within elements
	Spins    int // spins: hashing rounds to try all passwords on an encrypted file
}
