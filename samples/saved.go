package samples

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// password opens the encrypted workbooks; a month that has one has it in passwords.txt,
// beside the inbox.
const password = "chenggu2024"

// keptFiles are what cannot be made anew to the byte: Go has no writer of .xls, and
// encryption is salted. kept/README.md says how they are made.
//
//go:embed kept
var keptFiles embed.FS

// kept gives the file that was once made of these pages, nil if none was: the kept files are
// those of the months that the repository keeps.
func kept(pages []*page, extension string) []byte {
	content, err := keptFiles.ReadFile("kept/" + digest(pages) + extension)
	if err != nil {
		return nil
	}
	return content
}

// digest names pages by all that they say and how they look.
func digest(pages []*page) string {
	hash := sha256.New()
	for _, p := range pages {
		fmt.Fprintf(hash, "%+v\n", *p)
	}
	return hex.EncodeToString(hash.Sum(nil)[:8])
}

// save makes a delivery of a book, in the format that its clerk saves it in. Where no .xls
// is kept, the clerk sends an .xlsx; where nothing encrypted is, nothing is sent before the
// workbook in clear.
func (in *inbox) save(b *book, pages []*page) (d delivery, sent bool) {
	made := delivery{"inbox/" + b.path, b.received, func() ([]byte, error) {
		return workbook(pages, b.filings[0].filler, b.filings[0].prepared)
	}}
	as := func(extension string, content func() ([]byte, error)) (delivery, bool) {
		return delivery{strings.TrimSuffix(made.path, ".xlsx") + extension, b.received, content}, true
	}
	switch b.saved {
	case asText:
		pages[0].name = "" // text has no sheets
		return as(".csv", pages[0].text)
	case asOld:
		if content := kept(pages, ".xls"); content != nil {
			return as(".xls", func() ([]byte, error) { return content, nil })
		}
	case locked:
		content := kept(pages, ".xlsx")
		if content == nil {
			return delivery{}, false
		}
		in.tell(Wrong{File: b.path, Code: "F03", What: "加了打开密码（在收件夹旁的passwords.txt里），后来又报了不加密的"})
		in.month.deliveries = append(in.month.deliveries,
			delivery{path: "passwords.txt", content: func() ([]byte, error) { return []byte(password + "\n"), nil }})
		return as(".xlsx", func() ([]byte, error) { return content, nil })
	}
	return made, true
}

// text writes the page as csv in GB18030, as spreadsheets in China save it: every cell as it
// shows, with all its digits.
func (p *page) text() ([]byte, error) {
	var out bytes.Buffer
	encoded := simplifiedchinese.GB18030.NewEncoder().Writer(&out)
	w := csv.NewWriter(encoded)
	w.UseCRLF = true
	for _, cells := range p.rows {
		fields := make([]string, max(1, len(cells)))
		for i, c := range cells {
			fields[i] = c.shown()
		}
		if err := w.Write(fields); err != nil {
			return nil, fmt.Errorf("csv: %w", err)
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// shown is what a reader sees in the cell.
func (c cell) shown() string {
	switch v := c.value.(type) {
	case string:
		return v
	case float64:
		day := time.Date(1899, 12, 30+int(v), 0, 0, 0, 0, time.UTC)
		switch c.look {
		case dateLook:
			return day.Format("2006/1/2")
		case dateWordsLook:
			return day.Format("2006年1月2日")
		case percentLook:
			return strconv.FormatFloat(v*100, 'f', 1, 64) + "%"
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}
