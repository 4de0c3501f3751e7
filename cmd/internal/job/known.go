package job

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"reflect"
	"slices"
	"sync"

	"huizong/consolidate/store"
	"huizong/importer"
	"huizong/internal/county"
	"huizong/internal/ledger"
)

// programSum is the SHA-256 of the program that runs.
var programSum = sync.OnceValues(func() (string, error) {
	at, err := os.Executable()
	if err != nil {
		return "", err
	}
	program, err := os.Open(at)
	if err != nil {
		return "", err
	}
	defer program.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, program); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
})

// madeBy says by what months are made: the program, the rules, the county's configuration. It is blank where the program
// cannot be read: then nothing is known, and all is made anew.
func madeBy(c *county.County) string {
	program, err := programSum()
	if err != nil {
		return ""
	}
	return program + " " + RuleVersion(c)
}

// known are the files of a month's inbox that were read before.
type known struct {
	by     string                            // what they are all read by
	said   map[string]string                 // what received.csv says of paths and of what lies below them
	files  map[string]store.KnownFile        // by path
	stored map[ledger.Edition]*ledger.Return // without rows, as the database has them
}

// knownFiles are the files that a run need not read again: none where all is to be read afresh.
func (j *Job) knownFiles(ctx context.Context, gate *gate, config importer.Config, afresh bool) (*known, error) {
	by := madeBy(j.county)
	if by == "" {
		return &known{}, nil
	}
	var closed []string
	for _, p := range slices.SortedFunc(maps.Keys(gate.books), ledger.Period.Since) {
		if gate.late(p) {
			closed = append(closed, p.String())
		}
	}
	k := &known{said: arrivalsBelow(config.Received), by: fmt.Sprintf("%s %s %s %q", by, gate.period, closed, config.Passwords)}
	if afresh {
		return k, nil
	}
	var err error
	if k.files, err = j.db.Known(ctx, j.county.Region, gate.period); err != nil {
		return nil, err
	}
	returns, err := j.db.Headers(ctx, j.county.Region, gate.period)
	k.stored = map[ledger.Edition]*ledger.Return{}
	for _, r := range returns {
		k.stored[r.Edition()] = r
	}
	return k, err
}

// arrivalsBelow is what received.csv says of each path and of what lies below it, as text.
func arrivalsBelow(received map[string]importer.Arrival) map[string]string {
	said := map[string]string{}
	for _, at := range slices.Sorted(maps.Keys(received)) {
		line := fmt.Sprintf("%q %v\n", at, received[at])
		for above := at; above != "." && above != "/"; above = path.Dir(above) {
			said[above] += line
		}
	}
	return said
}

// readBy says by what a file is read.
func (k *known) readBy(path string) string {
	sum := sha256.Sum256([]byte(k.by + "\n" + k.said[path]))
	return hex.EncodeToString(sum[:])
}

// delivery is importer.Config.Known.
func (k *known) delivery(path, sha256 string) (importer.Delivery, bool) {
	file, there := k.files[path]
	if !there || file.SHA256 != sha256 || file.ReadBy != k.readBy(path) {
		return importer.Delivery{}, false
	}
	var kept keptDelivery
	if err := json.Unmarshal([]byte(file.Content), &kept); err != nil {
		return importer.Delivery{}, false
	}
	d, err := kept.delivery()
	return d, err == nil
}

// has reports whether the database has a return with its rows just as a file brought it.
func (k *known) has(r *ledger.Return) bool {
	there := k.stored[r.Edition()]
	return there != nil && there.File == r.File && there.FileSHA256 == r.FileSHA256 && there.Sheet == r.Sheet
}

// note is what is to be known of a delivery that was read. It is not ok if it cannot be known: it is of another month,
// or cannot be written as text.
func (k *known) note(d *importer.Delivery, period ledger.Period) (file store.KnownFile, ok bool) {
	file = store.KnownFile{Path: d.Path, SHA256: d.SHA256, ReadBy: k.readBy(d.Path)}
	for _, part := range append(slices.Clip(d.Parts), *d) {
		for _, r := range part.Returns {
			if r.Period != period || r.Department == "" {
				return file, false
			}
			file.Returns = append(file.Returns, r.Edition())
		}
	}
	bare := bareDelivery(d)
	text, err := json.Marshal(keep(&bare))
	if err != nil || d.SHA256 == "" || k.by == "" {
		return file, false
	}
	file.Content = string(text)
	var kept keptDelivery
	if err := json.Unmarshal(text, &kept); err != nil {
		return file, false
	}
	again, err := kept.delivery()
	return file, err == nil && reflect.DeepEqual(bare, again)
}

// bareDelivery is a delivery as it is known: of its returns how many rows they have, and neither its bytes nor its tables.
func bareDelivery(d *importer.Delivery) importer.Delivery {
	bare := importer.Delivery{Path: d.Path, SHA256: d.SHA256, Findings: some(d.Findings), Replies: some(d.Replies), Fronts: some(d.Fronts),
		Explanations: some(d.Explanations), ReceiptOf: d.ReceiptOf, Skipped: some(d.Skipped), Known: true}
	for _, r := range d.Returns {
		own := *r
		own.Records, own.Findings = make([]ledger.Record, len(r.Records)), some(r.Findings)
		bare.Returns = append(bare.Returns, &own)
	}
	for i := range d.Parts {
		bare.Parts = append(bare.Parts, bareDelivery(&d.Parts[i]))
	}
	return bare
}

// some is nil where there is nothing.
func some[T any](of []T) []T {
	if len(of) == 0 {
		return nil
	}
	return of
}

// A keptDelivery is a delivery as text.
type keptDelivery struct {
	Path, SHA256 string
	Returns      []keptReturn           `json:",omitempty"`
	Findings     []keptFinding          `json:",omitempty"`
	Replies      []importer.Reply       `json:",omitempty"`
	Fronts       []string               `json:",omitempty"`
	Explanations []importer.Explanation `json:",omitempty"`
	ReceiptOf    string                 `json:",omitempty"`
	Parts        []keptDelivery         `json:",omitempty"`
	Skipped      []string               `json:",omitempty"`
}

// A keptReturn is a return without its rows.
type keptReturn struct {
	*ledger.Return
	Records  int
	Findings []keptFinding `json:",omitempty"`
}

// A keptFinding is a finding with its code by its ID.
type keptFinding struct {
	ledger.Finding
	Code    string
	OnTrial bool `json:",omitempty"`
}

func keepFindings(findings []ledger.Finding) []keptFinding {
	var kept []keptFinding
	for _, f := range findings {
		kept = append(kept, keptFinding{f, f.Code.ID, f.Code != ledger.CodeByID(f.Code.ID)})
	}
	return kept
}

func findingsKept(kept []keptFinding) ([]ledger.Finding, error) {
	var findings []ledger.Finding
	for _, k := range kept {
		f := k.Finding
		if f.Code = ledger.CodeByID(k.Code); f.Code == nil {
			return nil, fmt.Errorf("there is no kind of finding %q", k.Code)
		}
		if k.OnTrial {
			f.Code = f.Code.OnTrial()
		}
		findings = append(findings, f)
	}
	return findings, nil
}

func keep(d *importer.Delivery) keptDelivery {
	kept := keptDelivery{Path: d.Path, SHA256: d.SHA256, Findings: keepFindings(d.Findings), Replies: d.Replies, Fronts: d.Fronts,
		Explanations: d.Explanations, ReceiptOf: d.ReceiptOf, Skipped: d.Skipped}
	for _, r := range d.Returns {
		kept.Returns = append(kept.Returns, keptReturn{r, len(r.Records), keepFindings(r.Findings)})
	}
	for i := range d.Parts {
		kept.Parts = append(kept.Parts, keep(&d.Parts[i]))
	}
	return kept
}

func (kept keptDelivery) delivery() (d importer.Delivery, err error) {
	d = importer.Delivery{Path: kept.Path, SHA256: kept.SHA256, Replies: kept.Replies, Fronts: kept.Fronts,
		Explanations: kept.Explanations, ReceiptOf: kept.ReceiptOf, Skipped: kept.Skipped, Known: true}
	if d.Findings, err = findingsKept(kept.Findings); err != nil {
		return d, err
	}
	for _, r := range kept.Returns {
		findings, err := findingsKept(r.Findings)
		if err != nil {
			return d, err
		}
		r.Return.Records, r.Return.Findings = make([]ledger.Record, r.Records), findings
		d.Returns = append(d.Returns, r.Return)
	}
	for _, part := range kept.Parts {
		of, err := part.delivery()
		if err != nil {
			return d, err
		}
		d.Parts = append(d.Parts, of)
	}
	return d, nil
}
