package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"huizong/internal/elsewhere"
)

// What programs do with files, in the words of the page.
const (
	reads      = "opens"
	calculates = "calculates anew"
	saves      = "saves again"
)

// A sitting is the month's files, what we know of them, and what came of them elsewhere.
type sitting struct {
	*Comparison
	dir        string
	workbooks  []file
	documents  []file
	ours       map[string]Traits // by path
	calculated map[string]Traits // results of formulas, those without a stored value as LibreOffice calculates them
	versions   map[string]string // by program
	lock       sync.Mutex        // of the comparison and the versions
}

// A program of the page, and what starts it.
type program struct {
	name string
	do   func(s *sitting, ctx context.Context, name string) error
}

// The programs, in the order of the page. The first one calculates for the others.
var programs = []program{
	{"LibreOffice", (*sitting).libreOffice},
	{"Gnumeric", (*sitting).gnumeric},
	{"SheetJS", library(elsewhere.SheetJS, "sheetjs.js")},
	{"exceljs", library(elsewhere.ExcelJS, "exceljs.js")},
	{"openpyxl", library(elsewhere.OpenPyXL, "openpyxl.py")},
	{"pandas", library(elsewhere.Pandas, "pandas.py")},
	{"readxl", library(elsewhere.ReadXL, "readxl.R")},
	{"HyperFormula", (*sitting).hyperFormula},
	{"xlsx2csv", (*sitting).xlsx2csv},
	{"docx2txt", text("docx2txt", "-")},
	{"pandoc", text("pandoc", "--to=plain", "--wrap=none")},
}

// show shows the files to every program, two at a time: of receipts and templates one of each set of sheets.
func show(ctx context.Context, dir string, files []file) (*sitting, error) {
	s := &sitting{Comparison: newComparison(), dir: dir, ours: map[string]Traits{}, calculated: map[string]Traits{}, versions: map[string]string{}}
	shapes := map[string]bool{} // kinds and names of sheets
	for _, f := range files {
		look, all := workbook, &s.workbooks
		if f.kind == documents {
			look, all = document, &s.documents
		}
		traits, err := look(f.path)
		if err != nil {
			return nil, err
		}
		shape := f.kind + strings.Join(slices.Sorted(maps.Keys(traits[sheets])), "/")
		if shapes[shape] && f.kind != documents {
			continue
		}
		shapes[shape] = true
		*all, s.ours[f.path] = append(*all, f), traits
	}
	if err := standIn(dir); err != nil {
		return nil, err
	}
	first := programs[0]
	if err := first.do(s, ctx, first.name); err != nil {
		return nil, err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(2)
	for _, p := range programs[1:] {
		group.Go(func() error {
			if err := p.do(s, ctx, p.name); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			return nil
		})
	}
	return s, group.Wait()
}

// standIn has fonts that are there stand in for those of Windows: where a font has no Chinese characters LibreOffice writes
// another one's name.
func standIn(dir string) error {
	path, err := elsewhere.Fonts(dir)
	return errors.Join(err, os.Setenv("FONTCONFIG_FILE", path))
}

// compare notes what a program made of a file.
func (s *sitting) compare(program, act string, f file, ours, theirs Traits, traits ...string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.add(program, act, f, ours, theirs, traits...)
}

// refuse notes that a program does not open a file, or we do not open what it saved.
func (s *sitting) refuse(program, act string, f file, why string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.count(Key{program, act, opened, refused}, f.kind, 1, strings.TrimSpace(f.name)+": "+why)
}

func (s *sitting) version(name, version string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.versions[name] = version
}

// office finds one of those that save workbooks, and notes its version.
func (s *sitting) office(ctx context.Context, name string) (elsewhere.Program, error) {
	for _, p := range elsewhere.All() {
		if p.Name == name {
			version, err := p.Version(ctx)
			s.version(name, version)
			return p, err
		}
	}
	return elsewhere.Program{}, fmt.Errorf("%s: no such program", name)
}

// withoutValues are copies of the workbooks in which no formula has a stored value.
func (s *sitting) withoutValues() ([]file, error) {
	folder := filepath.Join(s.dir, "without")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	var all []file
	for _, f := range s.workbooks {
		content, err := os.ReadFile(f.path)
		if err == nil {
			content, err = elsewhere.WithoutValues(content)
		}
		f.path = filepath.Join(folder, filepath.Base(f.path))
		if err := errors.Join(err, os.WriteFile(f.path, content, 0o600)); err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

// anew has a program calculate, show and save all workbooks, and gives what it saved.
func (s *sitting) anew(ctx context.Context, name string) ([]Traits, error) {
	p, err := s.office(ctx, name)
	if err != nil {
		return nil, err
	}
	files, err := s.withoutValues()
	if err != nil {
		return nil, err
	}
	made, err := p.Save(ctx, elsewhere.CSV, filepath.Join(s.dir, name, "csv"), paths(files)...)
	if err != nil {
		return nil, err
	}
	first := topRow
	if name == "Gnumeric" { // which leaves out empty rows before
		first = s.firstRow
	}
	texts, err := asShown(s.workbooks, made, "-", first)
	if err != nil {
		return nil, err
	}
	for i, f := range s.workbooks {
		s.compare(name, calculates, f, s.ours[f.path], texts[i], shown)
	}
	return s.saved(ctx, p, files)
}

// topRow is where most programs begin.
func topRow(file, string) int { return 1 }

// firstRow is the first row of a sheet that shows anything.
func (s *sitting) firstRow(f file, name string) int {
	first := 0
	for at := range s.ours[f.path][shown] {
		if ref, is := strings.CutPrefix(at, name+"!"); is {
			if _, row := place(ref); first == 0 || row < first {
				first = row
			}
		}
	}
	return max(first, 1)
}

// saved has a program save files as .xlsx, and gives what we find in them; nil for one that we refuse.
func (s *sitting) saved(ctx context.Context, p elsewhere.Program, files []file) ([]Traits, error) {
	made, err := p.Save(ctx, elsewhere.XLSX, filepath.Join(s.dir, p.Name, "xlsx"), paths(files)...)
	if err != nil {
		return nil, err
	}
	all := make([]Traits, len(files))
	for i, f := range files {
		if all[i], err = workbook(made[i][0]); err != nil {
			s.refuse(p.Name, saves, f, err.Error())
		}
	}
	return all, nil
}

// kept are the traits of a file that may be lost when it is saved by a program that calculates: all but results and what
// is shown, which it calculates.
func kept(ours Traits) []string {
	all := maps.Clone(ours)
	delete(all, results)
	var traits []string
	for trait := range all {
		traits = append(traits, trait)
	}
	return traits
}

// afterCalculating compares what a program saved that had calculated.
func (s *sitting) afterCalculating(name string, saved []Traits) {
	for i, f := range s.workbooks {
		if saved[i] != nil {
			s.compare(name, calculates, f, s.calculated[f.path], saved[i], results)
			s.compare(name, saves, f, s.ours[f.path], saved[i], kept(s.ours[f.path])...)
		}
	}
}

func (s *sitting) libreOffice(ctx context.Context, name string) error {
	saved, err := s.anew(ctx, name)
	if err != nil {
		return err
	}
	for i, f := range s.workbooks {
		t := Traits{}
		for place := range s.ours[f.path][formulas] {
			result := s.ours[f.path][results][place]
			if result == "" && f.kind == templates && saved[i] != nil { // where none is stored
				result = saved[i][results][place]
			}
			t.put(results, place, result)
		}
		s.calculated[f.path] = t
	}
	s.afterCalculating(name, saved)
	return s.officeDocuments(ctx, name)
}

func (s *sitting) gnumeric(ctx context.Context, name string) error {
	saved, err := s.anew(ctx, name)
	if err != nil {
		return err
	}
	s.afterCalculating(name, saved)
	return nil
}

// officeDocuments has LibreOffice save documents as texts and as documents.
func (s *sitting) officeDocuments(ctx context.Context, name string) error {
	folder := filepath.Join(s.dir, name, "documents")
	for _, to := range []string{"txt:Text (encoded):UTF8", "docx"} {
		if err := elsewhere.Convert(ctx, to, folder, paths(s.documents)...); err != nil {
			return err
		}
	}
	for _, f := range s.documents {
		stem := filepath.Join(folder, strings.TrimSuffix(filepath.Base(f.path), ".docx"))
		content, err := os.ReadFile(stem + ".txt")
		if err != nil {
			return err
		}
		s.compare(name, reads, f, s.ours[f.path], found(s.ours[f.path], string(content)), paragraphs)
		theirs, err := document(stem + ".docx")
		if err != nil {
			return err
		}
		s.compare(name, saves, f, s.ours[f.path], theirs)
	}
	return nil
}

// library has a library read the workbooks, and save those that it opens, if it saves any.
func library(of elsewhere.Library, script string) func(*sitting, context.Context, string) error {
	return func(s *sitting, ctx context.Context, name string) error {
		version, err := of.Version(ctx)
		if err != nil {
			return err
		}
		s.version(name, version)
		all, err := ask(ctx, of, script, s.workbooks)
		if err != nil {
			return err
		}
		var open []file
		for i, f := range s.workbooks {
			if all[i].Refused != "" {
				s.refuse(name, reads, f, all[i].Refused)
				continue
			}
			open = append(open, f)
			theirs := all[i].traits(s.ours[f.path])
			s.compare(name, reads, f, s.ours[f.path], theirs, sheets, values, results)
			if theirs[shown] != nil {
				s.compare(name, reads, f, s.ours[f.path], theirs, shown)
			}
		}
		if of.Name == elsewhere.ReadXL.Name {
			return nil
		}
		return s.savedBy(ctx, name, open)
	}
}

// savedBy has a library save files.
func (s *sitting) savedBy(ctx context.Context, name string, files []file) error {
	p, err := s.office(ctx, name)
	if err != nil {
		return err
	}
	saved, err := s.saved(ctx, p, files)
	if err != nil {
		return err
	}
	for i, f := range files {
		if saved[i] != nil {
			s.compare(name, saves, f, s.ours[f.path], saved[i])
		}
	}
	return nil
}

func (s *sitting) hyperFormula(ctx context.Context, name string) error {
	version, err := elsewhere.HyperFormula.Version(ctx)
	if err != nil {
		return err
	}
	s.version(name, version)
	all, err := ask(ctx, elsewhere.HyperFormula, "hyperformula.js", s.workbooks)
	if err != nil {
		return err
	}
	for i, f := range s.workbooks {
		s.compare(name, calculates, f, s.calculated[f.path], all[i].traits(s.ours[f.path]), results)
	}
	return nil
}

// debian notes the version of a package.
func (s *sitting) debian(ctx context.Context, name string) error {
	version, err := elsewhere.Run(ctx, "dpkg-query", "--show", "--showformat=${Version}", name)
	s.version(name, version)
	return err
}

func (s *sitting) xlsx2csv(ctx context.Context, name string) error {
	if err := s.debian(ctx, name); err != nil {
		return err
	}
	var made [][]string
	for i, f := range s.workbooks {
		folder := filepath.Join(s.dir, name, fmt.Sprint(i))
		if _, err := elsewhere.Run(ctx, name, "--all", f.path, folder); err != nil {
			return err
		}
		sheets, err := filepath.Glob(filepath.Join(folder, "*.csv"))
		if err != nil {
			return err
		}
		made = append(made, sheets)
	}
	texts, err := asShown(s.workbooks, made, "", topRow)
	if err != nil {
		return err
	}
	for i, f := range s.workbooks {
		s.compare(name, reads, f, s.ours[f.path], texts[i], shown)
	}
	return nil
}

// text has a program print the text of each document; its last argument stands behind the file.
func text(command string, args ...string) func(*sitting, context.Context, string) error {
	return func(s *sitting, ctx context.Context, name string) error {
		if err := s.debian(ctx, name); err != nil {
			return err
		}
		for _, f := range s.documents {
			printed, err := elsewhere.Run(ctx, command, append([]string{f.path}, args...)...)
			if err != nil {
				return err
			}
			s.compare(name, reads, f, s.ours[f.path], found(s.ours[f.path], printed), paragraphs)
		}
		return nil
	}
}
