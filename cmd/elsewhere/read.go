package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/elsewhere"
)

//go:embed scripts
var scripts embed.FS

// A said file is what a script of ours prints of a workbook.
type said struct {
	Refused string `json:"refused"`
	Sheets  []struct {
		Name  string
		Cells map[string][]string // value, and where the library tells what is shown, that
	} `json:"sheets"`
}

// UnmarshalJSON reads a sheet, [NAME, CELLS].
func (s *said) UnmarshalJSON(text []byte) error {
	var raw struct {
		Refused string               `json:"refused"`
		Sheets  [][2]json.RawMessage `json:"sheets"`
	}
	if err := json.Unmarshal(text, &raw); err != nil {
		return err
	}
	s.Refused = raw.Refused
	for _, one := range raw.Sheets {
		var of struct {
			Name  string
			Cells map[string][]string
		}
		if err := json.Unmarshal(one[0], &of.Name); err != nil {
			return err
		}
		if err := json.Unmarshal(one[1], &of.Cells); err != nil {
			return err
		}
		s.Sheets = append(s.Sheets, of)
	}
	return nil
}

// traits are those that a script tells, where ours says which cells are formulas.
func (s said) traits(ours Traits) Traits {
	t := Traits{}
	for i, one := range s.Sheets {
		t.put(sheets, one.Name, "sheet "+strconv.Itoa(i+1))
		for ref, cell := range one.Cells {
			place, trait := one.Name+"!"+ref, values
			if ours[formulas][place] != "" {
				trait = results
			}
			t.put(trait, place, cell[0])
			if len(cell) > 1 {
				t.put(shown, place, shownText(cell[1]))
			}
		}
	}
	return t
}

// ask has a script print what a library finds in files, a line each.
func ask(ctx context.Context, library elsewhere.Library, script string, files []file) ([]said, error) {
	text, err := scripts.ReadFile("scripts/" + script)
	if err != nil {
		return nil, err
	}
	printed, err := library.Run(ctx, string(text), paths(files)...)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSpace(printed), "\n")
	if len(lines) != len(files) {
		return nil, fmt.Errorf("%s: %d lines of %d files", script, len(lines), len(files))
	}
	all := make([]said, len(files))
	for i, line := range lines {
		if err := json.Unmarshal([]byte(line), &all[i]); err != nil {
			return nil, fmt.Errorf("%s, %s: %w", script, files[i].path, err)
		}
	}
	return all, nil
}

func paths(files []file) []string {
	var all []string
	for _, f := range files {
		all = append(all, f.path)
	}
	return all
}

// asShown are the texts of workbooks whose sheets a program saved as csv, a file each, called as the workbook is, with
// what is between and the name of the sheet; first is the row of a sheet in which the program begins.
func asShown(files []file, made [][]string, between string, first func(f file, sheet string) int) ([]Traits, error) {
	var all []Traits
	for i, f := range files {
		t, stem := Traits{}, strings.TrimSuffix(filepath.Base(f.path), filepath.Ext(f.path))
		for _, path := range made[i] {
			content, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			name := strings.TrimPrefix(strings.TrimSuffix(filepath.Base(path), ".csv"), stem+between)
			if err := t.texts(name, content, first(f, name)); err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
		}
		all = append(all, t)
	}
	return all, nil
}

// texts are the cells of a sheet that was saved as csv. Its lines tell the rows: the reader passes over empty ones.
func (t Traits) texts(name string, content []byte, first int) error {
	rows := csv.NewReader(bytes.NewReader(content))
	rows.FieldsPerRecord, rows.LazyQuotes = -1, true
	within := 1 - first // line breaks in cells so far
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		line, _ := rows.FieldPos(0)
		for i, text := range row {
			t.put(shown, name+"!"+sheet.Ref(i+1, line-within), shownText(text))
		}
		within += strings.Count(strings.Join(row, ""), "\n")
	}
}
