package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A file is one of the month's, copied into one folder under a name of its own.
type file struct {
	kind string
	name string // before the places of its traits, blank where the kind has one file
	path string
}

// The kinds of files, in the order of the page.
var kinds = []string{workbookA, workbookB, workbookC, briefing, audit, receipts, templates, documents}

const (
	workbookA = "workbook A"
	workbookB = "workbook B"
	workbookC = "workbook C"
	briefing  = "领导参阅"
	audit     = "核对底稿"
	receipts  = "receipts"
	templates = "templates"
	documents = "documents"
)

const (
	monthDone = "2024-06"
	monthNext = "2024-07"
)

// kindOf tells a file of the month by its path in the folder of results; it is blank for what no program opens.
func kindOf(path string) string {
	base := filepath.Base(path)
	switch {
	case filepath.Ext(path) == ".docx":
		return documents
	case filepath.Ext(path) != ".xlsx":
		return ""
	case strings.HasPrefix(path, "回单"):
		return receipts
	case strings.HasPrefix(path, monthNext):
		return templates
	}
	for kind, word := range map[string]string{workbookA: "谋划储备", workbookB: "重点项目", workbookC: "月度通报", briefing: "领导参阅", audit: "核对底稿"} {
		if strings.Contains(base, word) {
			return kind
		}
	}
	return ""
}

// month has the program make the sample months and the templates of the next, and gives copies of its files.
func month(ctx context.Context, dir string) ([]file, error) {
	program, demo, returns, copies := filepath.Join(dir, "huizong"), filepath.Join(dir, "demo"), filepath.Join(dir, "returns"), filepath.Join(dir, "files")
	for _, args := range [][]string{
		{"go", "build", "-o", program, "./cmd/huizong"},
		{program, "--quiet", "demo", "--dir", demo},
		{program, "--quiet", "--database", "sqlite:" + filepath.Join(demo, "huizong.db"), "template", "--period", monthNext, "--out", returns},
	} {
		if out, err := exec.CommandContext(ctx, args[0], args[1:]...).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, out)
		}
	}
	if err := os.Mkdir(copies, 0o700); err != nil {
		return nil, err
	}
	var files []file
	for _, root := range []string{filepath.Join(demo, "out", monthDone), returns} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			relative, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			kind := kindOf(relative)
			if kind == "" {
				return nil
			}
			f := file{kind: kind, path: filepath.Join(copies, strings.ReplaceAll(relative, string(filepath.Separator), " "))}
			if kind == receipts || kind == templates || kind == documents {
				f.name = filepath.Base(path) + " "
			}
			files = append(files, f)
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return os.WriteFile(f.path, content, 0o600)
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(files, func(a, b file) int {
		if a.kind != b.kind {
			return slices.Index(kinds, a.kind) - slices.Index(kinds, b.kind)
		}
		return strings.Compare(a.path, b.path)
	})
	return files, nil
}
