package importer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// waiverHeadings are the columns of waivers.csv: what is waived, of what, why, who says so, up to which month.
var waiverHeadings = []string{"规则", "单位", "报表", "对象", "指标", "填的是", "理由", "批准人", "有效期至"}

// ReadWaivers reads waivers.csv, the office's list of findings that stand: a line for each, after a line of headings. Of
// 单位, 报表, 对象, 指标 and 填的是 what is blank is any, but not all; the rest must be given, 有效期至 as a month or
// a day of it. The text is as that of received.csv. What is wrong with the list is the operator's to mend, and an error that says
// in which line.
func (c Config) ReadWaivers(r io.Reader) ([]ledger.Waiver, error) {
	text, err := readList(r)
	if err != nil {
		return nil, fmt.Errorf("the list of waivers: %w", err)
	}
	lines := csv.NewReader(strings.NewReader(text))
	lines.FieldsPerRecord = -1
	all := []ledger.Waiver{}
	for first := true; ; first = false {
		fields, err := lines.Read()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("the list of waivers: %w", err)
		}
		for i, field := range fields {
			fields[i] = strings.TrimSpace(field)
		}
		line, _ := lines.FieldPos(0)
		if n := len(waiverHeadings); len(fields) > n && strings.Join(fields[n:], "") == "" { // Excel saves columns that were emptied
			fields = fields[:n]
		}
		switch headed := slices.Equal(fields, waiverHeadings); {
		case first && !headed:
			return nil, fmt.Errorf("the list of waivers, line %d: its headings must be %s", line, strings.Join(waiverHeadings, ","))
		case first, strings.Join(fields, "") == "": // Excel saves lines that were emptied
			continue
		case len(fields) != len(waiverHeadings):
			return nil, fmt.Errorf("the list of waivers, line %d: %w", line, csv.ErrFieldCount)
		}
		w, err := c.waiver(fields)
		if err != nil {
			return nil, fmt.Errorf("the list of waivers, line %d: %w", line, err)
		}
		all = append(all, w)
	}
}

// waiver makes a waiver of the fields of a line.
func (c Config) waiver(fields []string) (w ledger.Waiver, err error) {
	w = ledger.Waiver{Code: fields[0], Department: fields[1], Form: fields[2], Entity: fields[3], Field: fields[4], Found: fields[5],
		Why: fields[6], Who: fields[7]}
	switch code := ledger.CodeByID(w.Code); {
	case code == nil:
		return w, fmt.Errorf("there is no rule %q (huizong codes lists them)", w.Code)
	case !code.Explainable():
		return w, fmt.Errorf("%s cannot be waived: what it finds must be corrected, or is not taken", w.Code)
	case strings.Join(fields[1:6], "") == "":
		return w, errors.New("it says neither of which 单位 nor 报表, 对象, 指标 or 填的是 it is")
	case w.Why == "":
		return w, errors.New("it gives no 理由")
	case w.Who == "":
		return w, errors.New("it names no 批准人")
	}
	if w.Department != "" {
		unit, known := c.County.Unit(w.Department)
		if !known {
			return w, fmt.Errorf("there is no unit %q", w.Department)
		}
		w.Department = unit.Name
	}
	if w.Form != "" {
		at := slices.IndexFunc(c.Forms, func(f *form.Form) bool { return f.ID == w.Form || slices.Contains(titlesOf(f), ledger.Fold(w.Form)) })
		if at < 0 {
			return w, fmt.Errorf("there is no form %q (huizong forms lists them)", w.Form)
		}
		w.Form = c.Forms[at].ID
	}
	if w.Until = waivedUntil(fields[8]); w.Until.IsZero() {
		return w, fmt.Errorf("%q is no month, like 2024-06", fields[8])
	}
	return w, nil
}

// waivedUntil is the month of a text; zero where it is none. What is typed as 2024-06, Excel saves as Jun-24.
func waivedUntil(text string) ledger.Period {
	if month, err := time.Parse("Jan-06", text); err == nil {
		text = month.Format("2006-01")
	}
	until, _, wrong := parseDate(text)
	if wrong != nil {
		return ledger.Period{}
	}
	return until.Period()
}

// WriteWaivers writes a list as ReadWaivers reads it, so that Excel opens it, too.
func WriteWaivers(w io.Writer, all []ledger.Waiver) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	lines := csv.NewWriter(w)
	lines.Write(waiverHeadings)
	for _, one := range all {
		lines.Write([]string{one.Code, one.Department, one.Form, one.Entity, one.Field, one.Found, one.Why, one.Who, one.Until.String()})
	}
	lines.Flush()
	return lines.Error()
}
