package job

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"

	"huizong/consolidate/store"
	"huizong/importer"
	"huizong/internal/folder"
	"huizong/internal/ledger"
)

// Why nothing was waived.
var (
	ErrNoSuchFinding = errors.New("the month has no such finding")
	ErrNotWaivable   = errors.New("what the rule finds must be corrected, or is not taken")
)

// Waive puts a finding of the month, named by its digest, on the inbox's list of what the office waives, up to a month:
// the next run takes the list. One that is on the list already is not put there again. It gives the waiver.
func (j *Job) Waive(ctx context.Context, period ledger.Period, inbox Inbox, digest, who, why string, until ledger.Period) (w ledger.Waiver, err error) {
	err = j.alone(ctx, func(*store.Lock) error { // a run reads the list as it is before or after
		if _, err := j.openGate(ctx, period); err != nil {
			return err
		}
		month, err := j.reconcile(ctx, period)
		if err != nil {
			return err
		}
		for _, f := range month.Findings {
			if f.Digest() != digest {
				continue
			}
			if !f.Code.Explainable() {
				return ErrNotWaivable
			}
			w = ledger.Waiver{Code: f.Code.ID, Department: f.Department, Form: f.Form, Entity: f.Entity, Field: f.Field, Found: f.Found,
				Why: why, Who: who, Until: until}
			return inbox.waive(configOf(j.county, period, nil), w)
		}
		return ErrNoSuchFinding
	})
	return w, err
}

// waive adds to the list.
func (inbox Inbox) waive(config importer.Config, w ledger.Waiver) error {
	all, err := inbox.waivers(config)
	if err != nil {
		return err
	}
	for _, on := range all {
		if on == w {
			return nil
		}
	}
	var text bytes.Buffer
	if err := importer.WriteWaivers(&text, append(all, w)); err != nil {
		return err
	}
	return folder.Place(filepath.Join(inbox.Dir, waiverList), text.Bytes())
}
