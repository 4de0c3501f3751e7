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

	Entries int // entries: entries of the zip or compound file, and sheets
	Cells   int // cells: cells with a value or a formula, in all sheets
	Strings int // strings: shared strings, those with parts that are struck through or raised twice
	Merges  int // merges: merged ranges of one sheet
	Formats int // formats: cell styles, and number formats
	Format  int // format: bytes of one number format
	Text    int // text: bytes of one text or one tag
	Depth   int // depth: elements within elements
	Spins   int // spins: how often a password is hashed to try it on an encrypted file
}
