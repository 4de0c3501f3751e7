package importer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"huizong/internal/ledger"
)

// ReadReceived reads received.csv, the operator's list of when files came: a line for each,
// its path within the inbox and the day, like 交通局/6月进展.xlsx,2024-06-24. A heading line
// may come first. The text is UTF-8, or GB18030 as Excel saves it. What is wrong with the
// list is the operator's to mend, and an error that says in which line.
func ReadReceived(r io.Reader) (map[string]ledger.Date, error) {
	text, err := readList(r)
	if err != nil {
		return nil, fmt.Errorf("the list of files received: %w", err)
	}
	lines := csv.NewReader(strings.NewReader(text))
	lines.FieldsPerRecord = 2
	lines.TrimLeadingSpace = true
	received := map[string]ledger.Date{}
	for first := true; ; first = false {
		fields, err := lines.Read()
		if err == io.EOF {
			return received, nil
		}
		if err != nil {
			return nil, fmt.Errorf("the list of files received: %w", err)
		}
		line, _ := lines.FieldPos(0)
		date, _, wrong := parseDate(fields[1])
		if first && wrong != nil && strings.IndexFunc(fields[1], isDigit) < 0 {
			continue
		}
		file := path.Clean(strings.ReplaceAll(fields[0], `\`, "/"))
		_, twice := received[file]
		switch {
		case wrong != nil || date.Day == 0:
			return nil, fmt.Errorf("the list of files received, line %d: %q is no day, like 2024-06-24", line, fields[1])
		case twice:
			return nil, fmt.Errorf("the list of files received, line %d: %q stands twice", line, file)
		}
		received[file] = date
	}
}

// readList reads the text of a list of the operator's.
func readList(r io.Reader) (string, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return "", err
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	if !utf8.Valid(text) {
		if text, err = simplifiedchinese.GB18030.NewDecoder().Bytes(text); err != nil || bytes.ContainsRune(text, utf8.RuneError) {
			return "", errors.New("it is neither UTF-8 nor GB18030")
		}
	}
	return string(text), nil
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
