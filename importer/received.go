package importer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"huizong/internal/encoded"
	"huizong/internal/ledger"
)

// An Arrival is when a file came, as received.csv says.
type Arrival struct {
	Day    ledger.Date
	Time   string // RFC 3339 in UTC; blank: the day alone is known
	SHA256 string // of the file that came; blank: of whatever has its path
}

// of reports whether it was a file of this SHA-256 that came.
func (a Arrival) of(sha256 string) bool { return a.SHA256 == "" || a.SHA256 == sha256 }

// A Misread is the error of received.csv where it cannot be read, which is the operator's to mend.
type Misread struct {
	Line int // 0: it is the text as a whole
	Err  error
}

func (m *Misread) Error() string {
	if m.Line == 0 {
		return fmt.Sprintf("the list of files received: %v", m.Err)
	}
	return fmt.Sprintf("the list of files received, line %d: %v", m.Line, m.Err)
}

func (m *Misread) Unwrap() error { return m.Err }

// misread is the error of a list whose text cannot be parted into lines.
func misread(err error) error {
	m := &Misread{Err: err}
	if broken := (*csv.ParseError)(nil); errors.As(err, &broken) {
		m.Line, m.Err = broken.Line, broken.Err
	}
	return m
}

// ReadReceived reads received.csv, the operator's list of when files came: a line for each,
// its path within the inbox and the day, like 交通局/6月进展.xlsx,2024-06-24. The day may have a time of China,
// 2024-06-24 10:31:05, or one with its zone, and a third column the SHA-256 of the file, without which the line is of no other. A heading line
// may come first. The text is in whatever encoding Excel or an editor
// saves it, see [encoded.ByHand]. What is wrong with the list is *Misread.
func ReadReceived(r io.Reader) (map[string]Arrival, error) {
	text, err := readList(r)
	if err != nil {
		return nil, misread(err)
	}
	lines := csv.NewReader(strings.NewReader(text))
	lines.FieldsPerRecord = -1
	lines.TrimLeadingSpace = true
	received := map[string]Arrival{}
	for first := true; ; first = false {
		fields, err := lines.Read()
		if err == io.EOF {
			return received, nil
		}
		if err != nil {
			return nil, misread(err)
		}
		line, _ := lines.FieldPos(0)
		if len(fields) < 2 || len(fields) > 3 {
			return nil, &Misread{line, fmt.Errorf("it has %d columns, not file, day and SHA-256", len(fields))}
		}
		arrival, ok := arrivalOf(fields[1])
		if first && !ok && strings.IndexFunc(fields[1], isDigit) < 0 {
			continue
		}
		if len(fields) == 3 {
			arrival.SHA256 = strings.ToLower(strings.TrimSpace(fields[2]))
		}
		file := listedPath(fields[0])
		_, twice := received[file]
		switch {
		case !ok:
			return nil, &Misread{line, fmt.Errorf("%q is no day, like 2024-06-24 or 2024-06-24 10:31:05", fields[1])}
		case arrival.SHA256 != "" && !sha256Text.MatchString(arrival.SHA256):
			return nil, &Misread{line, fmt.Errorf("%q is no SHA-256", fields[2])}
		case twice:
			return nil, &Misread{line, fmt.Errorf("%q stands twice", file)}
		}
		received[file] = arrival
	}
}

var (
	timeOfDay  = regexp.MustCompile(`^(.*\d)[ T](\d{1,2}:\d{2}(?::\d{2})?)$`)
	sha256Text = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// arrivalOf reads a day, which may have a time; it is not ok if it is none.
func arrivalOf(text string) (a Arrival, ok bool) {
	if at, is := momentIn(text); is {
		there := at.UTC().Add(aheadOfUTC)
		a.Day, ok = ledger.NewDate(there.Year(), int(there.Month()), there.Day())
		a.Time = at.UTC().Format(time.RFC3339)
		return a, ok
	}
	day, clock := strings.TrimSpace(text), ""
	if parts := timeOfDay.FindStringSubmatch(day); parts != nil {
		day, clock = strings.TrimSpace(parts[1]), parts[2]
	}
	date, _, wrong := parseDate(day)
	if wrong != nil || date.Day == 0 {
		return a, false
	}
	a.Day = date
	if clock == "" {
		return a, true
	}
	if strings.Count(clock, ":") == 1 { // as Excel shows it
		clock += ":00"
	}
	at, err := time.Parse("2006-01-02 15:04:05", date.String()+" "+clock)
	a.Time = at.Add(-aheadOfUTC).Format(time.RFC3339)
	return a, err == nil
}

// readList reads the text of a list of the operator's.
func readList(r io.Reader) (string, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return "", err
	}
	return encoded.ByHand(text)
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// receivedHead is the heading line of a list that the program begins.
var receivedHead = []string{"文件", "收到时间", "SHA-256"}

// Enter is the text of received.csv with a line for a file that came at a time, in the place of that which the path had; the
// text may be empty. What else stands there stays, in UTF-8.
func Enter(list []byte, path string, came time.Time, sha256 string) ([]byte, error) {
	return rewrite(list, path, []string{path, came.UTC().Add(aheadOfUTC).Format(time.DateTime), sha256})
}

// Strike is the text of received.csv without the line of a path.
func Strike(list []byte, path string) ([]byte, error) { return rewrite(list, path, nil) }

func rewrite(list []byte, at string, line []string) ([]byte, error) {
	text, err := readList(bytes.NewReader(list))
	if err != nil {
		return nil, misread(err)
	}
	lines := csv.NewReader(strings.NewReader(text))
	lines.FieldsPerRecord, lines.TrimLeadingSpace = -1, true
	all, err := lines.ReadAll()
	if err != nil {
		return nil, misread(err)
	}
	all = slices.DeleteFunc(all, func(fields []string) bool { return listedPath(fields[0]) == at })
	if len(all) == 0 {
		all = append(all, receivedHead)
	}
	if line != nil {
		all = append(all, line)
	}
	var out bytes.Buffer
	out.WriteString("\uFEFF") // without it Excel takes it for GB18030
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	err = w.WriteAll(all)
	return out.Bytes(), err
}

// listedPath is the path of a file as a list writes it.
func listedPath(text string) string { return path.Clean(strings.ReplaceAll(text, `\`, "/")) }
