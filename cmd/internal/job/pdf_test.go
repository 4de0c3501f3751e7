package job

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// sofficeThat puts a script on the path that does what LibreOffice might; $out is the folder
// that it is told.
func sofficeThat(t *testing.T, does string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("a script stands in for LibreOffice")
	}
	dir := t.TempDir()
	script := "#!/bin/sh\nwhile [ $# -gt 0 ]; do case $1 in --outdir) out=$2; shift 2; break;; *) shift;; esac; done\n" + does + "\n"
	if err := os.WriteFile(filepath.Join(dir, "soffice"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// folder is one with two files, and a PDF of before.
func folder(t *testing.T) (paths []string) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"汇总_2024-06.xlsx", "通报_2024-06.docx", "汇总_2024-06.pdf"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return []string{filepath.Join(dir, "汇总_2024-06.xlsx"), filepath.Join(dir, "通报_2024-06.docx")}
}

func TestPDFs(t *testing.T) {
	sofficeThat(t, `for file; do name=$(basename "$file"); { echo %PDF-1.7; cat "$file"; } >"$out/${name%.*}.pdf"; done`)
	paths := folder(t)
	pdfs, err := WritePDFs(t.Context(), paths)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(paths[0])
	if diff := cmp.Diff([]string{filepath.Join(dir, "汇总_2024-06.pdf"), filepath.Join(dir, "通报_2024-06.pdf")}, pdfs); diff != "" {
		t.Error(diff)
	}
	for i, pdf := range pdfs {
		content, err := os.ReadFile(pdf)
		if err != nil {
			t.Fatal(err)
		}
		if want := "%PDF-1.7\n" + filepath.Base(paths[i]); string(content) != want {
			t.Errorf("%s holds %q, want %q", pdf, content, want)
		}
	}
}

// Whatever LibreOffice does, what is left is no PDF of before.
func TestPDFsFail(t *testing.T) {
	for _, test := range []struct{ name, does, says string }{
		{"made nothing and ended well", "echo Error: source file could not be loaded", "made no PDF of"},
		{"made something else", `for n in 0 1; do echo no >"$out/$n.pdf"; done`, "made no PDF of"},
		{"ended badly", "echo crash; exit 77", "crash"},
	} {
		t.Run(test.name, func(t *testing.T) {
			sofficeThat(t, test.does)
			paths := folder(t)
			_, err := WritePDFs(t.Context(), paths)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("%v, want %q in it", err, test.says)
			}
			if left, _ := filepath.Glob(filepath.Join(filepath.Dir(paths[0]), "*.pdf")); len(left) > 0 {
				t.Errorf("left: %v", left)
			}
		})
	}
}

// A run that is stopped does not wait for LibreOffice, nor for what it started.
func TestPDFsStopped(t *testing.T) {
	sofficeThat(t, "sleep 60 & sleep 60; wait")
	ctx, stop := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer stop()
	began := time.Now()
	if _, err := WritePDFs(ctx, folder(t)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("stopped after %v", took)
	}
}

func TestPDFsWithoutLibreOffice(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv("ProgramFiles", t.TempDir())
	if runtime.GOOS == "darwin" {
		t.Skip("it is found without the path")
	}
	if _, err := WritePDFs(t.Context(), folder(t)); !errors.Is(err, ErrNoLibreOffice) {
		t.Errorf("%v, want %v", err, ErrNoLibreOffice)
	}
}

// A workbook and a document of one name are two PDFs.
func TestPDFsOfOneName(t *testing.T) {
	pdfs, err := besides([]string{"a.xlsx", "a.docx", "b.xlsx"})
	if diff := cmp.Diff([]string{"a（表）.pdf", "a.pdf", "b.pdf"}, pdfs); err != nil || diff != "" {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
}

// TestPDFsMade has LibreOffice itself make one of a workbook.
func TestPDFsMade(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes seconds")
	}
	if _, err := findLibreOffice(); err != nil {
		t.Skip(err)
	}
	t.Setenv("LC_ALL", "C")
	content, err := os.ReadFile(filepath.Join(samplesDir, "2024-06/inbox/2024.6县统计局任务进展情况.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	workbook := filepath.Join(t.TempDir(), "任务进展.xlsx")
	if err := os.WriteFile(workbook, content, 0o600); err != nil {
		t.Fatal(err)
	}
	pdfs, err := WritePDFs(t.Context(), []string{workbook})
	if err != nil {
		t.Fatal(err)
	}
	if pdf, err := os.ReadFile(pdfs[0]); err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Errorf("%s is no PDF: %v", pdfs[0], err)
	}
}
