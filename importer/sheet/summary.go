package sheet

import (
	"encoding/binary"
	"time"
)

const summaryInformation = "\x05SUMMARYINFORMATION"

// workbook reads the stream of a workbook of Excel 5 to 2003.
func (c *compound) workbook(stream string, limits Limits, passwords []string) (*Book, error) {
	data, err := c.read(stream)
	if err != nil {
		return nil, err
	}
	book, err := openBIFF(stream, data, limits, passwords...)
	if err == nil && c.has(summaryInformation) {
		if summary, wrong := c.read(summaryInformation); wrong == nil {
			book.Modified = modified(summary)
		}
	}
	return book, err
}

// modified reads from a property set ([MS-OLEPS]) when the file was last saved, ""
// where it does not say: many writers leave nonsense there.
func modified(summary []byte) string {
	const (
		firstSection = 44
		lastSaved    = 13 // property
		fileTime     = 64 // type
	)
	at := func(offset int) int {
		if offset < 0 || offset > len(summary)-4 {
			return 0
		}
		return int(binary.LittleEndian.Uint32(summary[offset:]))
	}
	section := at(firstSection)
	for i := range min(at(section+4), len(summary)/8) {
		property := section + 8 + 8*i
		value := section + at(property+4)
		if at(property) == lastSaved && at(value) == fileTime && value+12 <= len(summary) {
			return fromFileTime(binary.LittleEndian.Uint64(summary[value+4:]))
		}
	}
	return ""
}

// fromFileTime gives a time that is counted in 100 ns since 1601, "" for times in
// which no spreadsheet was saved.
func fromFileTime(ticks uint64) string {
	const second, from1601to1970 = 10_000_000, 11_644_473_600
	when := time.Unix(int64(ticks/second)-from1601to1970, 0).UTC()
	if year := when.Year(); year < 1985 || year > 2200 {
		return ""
	}
	return when.Format(time.RFC3339)
}
