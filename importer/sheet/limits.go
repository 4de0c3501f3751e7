package sheet

// Limits bound what a stranger's file may cost. All are counts, so that a slow
// machine refuses the same files as a fast one; together the defaults keep any
// file under 5 seconds and 256 MiB. A file over a limit is refused as TooLarge.
type Limits struct {
	File          int64 `toml:"file"`           // bytes of the file
	Unzipped      int64 `toml:"unzipped"`       // bytes of all parts that are read, inflated
	Sheet         int64 `toml:"sheet"`          // bytes of one worksheet, inflated
	SharedStrings int64 `toml:"shared_strings"` // bytes of the shared strings, inflated
	Styles        int64 `toml:"styles"`         // bytes of the styles, inflated
	Other         int64 `toml:"other"`          // bytes of any other part that is read, inflated

	Entries int `toml:"entries"` // entries of the zip or compound file, and sheets
	Cells   int `toml:"cells"`   // cells with a value or a formula, in all sheets
	Strings int `toml:"strings"` // shared strings
	Merges  int `toml:"merges"`  // merged ranges of one sheet
	Formats int `toml:"formats"` // cell styles, and number formats
	Format  int `toml:"format"`  // bytes of one number format
	Text    int `toml:"text"`    // bytes of one text or one tag
	Depth   int `toml:"depth"`   // elements within elements
	Spins   int `toml:"spins"`   // how often a password is hashed to try it on an encrypted file
}

// DefaultLimits are far above what people send: of 2,497 public workbooks none was
// over the bytes and entries, but for two with monstrous styles.
func DefaultLimits() Limits {
	const mega = 1 << 20
	return Limits{
		File:          20 * mega,
		Unzipped:      128 * mega,
		Sheet:         64 * mega,
		SharedStrings: 32 * mega,
		Styles:        8 * mega,
		Other:         4 * mega,

		Entries: 2_000,
		Cells:   1_000_000,
		Strings: 500_000,
		Merges:  50_000,
		Formats: 65_536,
		Format:  1_024,
		Text:    mega / 2,
		Depth:   64,
		Spins:   200_000, // twice what Excel and WPS do
	}
}
