package importer

import (
	"bytes"
	"errors"

	"huizong/importer/sheet"
	"huizong/internal/ledger"
)

// unpack reads an archive: each file in it is a delivery, whose path goes on from that of the
// archive. What is wrong with one is a finding of that one. An archive of nothing stays refused.
func (c Config) unpack(came Delivery, data []byte) (Delivery, error) {
	archive, err := sheet.Unpack(bytes.NewReader(data), int64(len(data)), c.Limits)
	if refusal := (*sheet.Refusal)(nil); errors.As(err, &refusal) {
		came.Findings = []ledger.Finding{refusalOf(came.Path, refusal)}
		return came, nil
	}
	if err != nil {
		return Delivery{}, err
	}
	c.archive, c.archiveSHA256 = came.Path, came.SHA256
	found := 0
	for _, file := range archive.Files {
		path := came.Path + "/" + file.Path
		if c.PassOver != nil && c.PassOver(file.Path) {
			came.Skipped = append(came.Skipped, path)
			continue
		}
		part, err := c.readPacked(path, file)
		if err != nil {
			return Delivery{}, err
		}
		if found += part.found(); found > c.Limits.Findings {
			return Delivery{Path: came.Path, SHA256: came.SHA256,
				Findings: []ledger.Finding{refusalOf(came.Path, tooMuch("", "findings", c.Limits.Findings))}}, nil
		}
		came.Parts = append(came.Parts, part)
	}
	if len(came.Parts) == 0 {
		came.Findings = []ledger.Finding{{Code: refusals[sheet.FileZIP], File: came.Path}}
	}
	return came, nil
}

func (c Config) readPacked(path string, file *sheet.Packed) (Delivery, error) {
	content, err := file.Content()
	if refusal := (*sheet.Refusal)(nil); errors.As(err, &refusal) {
		refusal.Part = "" // its path says it
		return Delivery{Path: path, Findings: []ledger.Finding{refusalOf(path, refusal)}}, nil
	}
	if err != nil {
		return Delivery{}, err
	}
	return c.read(path, content)
}

// found is how many findings a delivery has.
func (d *Delivery) found() int {
	n := len(d.Findings)
	for _, r := range d.Returns {
		n += len(r.Findings)
	}
	return n
}
