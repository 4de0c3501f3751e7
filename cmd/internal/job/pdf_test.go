package job

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/folder"
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

// makePDFs makes PDFs of a workbook and a document, each of which holds its name.
func makePDFs(ctx context.Context, t *testing.T) ([]folder.File, error) {
	t.Helper()
	root := t.TempDir()
	var files []Written
	for _, name := range []string{"汇总_2024-06.xlsx", "交办单/水利局_2024-06.docx"} {
		if err := folder.Place(filepath.Join(root, name), []byte(name)); err != nil {
			t.Fatal(err)
		}
		files = append(files, Written{Path: name})
	}
	return MakePDFs(ctx, soffice(t), root, files)
}

// contentsOf is what files hold, by path.
func contentsOf(t *testing.T, files []folder.File) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, file := range files {
		var content strings.Builder
		if err := file.Write(&content); err != nil {
			t.Fatal(err)
		}
		all[file.Path] = content.String()
	}
	return all
}

// soffice finds what the test put on the path.
func soffice(t *testing.T) string {
	t.Helper()
	path, err := FindLibreOffice()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPDFs(t *testing.T) {
	sofficeThat(t, `for file; do name=$(basename "$file"); { echo %PDF-1.7; cat "$file"; } >"$out/${name%.*}.pdf"; done`)
	pdfs, err := makePDFs(t.Context(), t)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"汇总_2024-06.pdf":      "%PDF-1.7\n汇总_2024-06.xlsx",
		"交办单/水利局_2024-06.pdf": "%PDF-1.7\n交办单/水利局_2024-06.docx",
	}
	if diff := cmp.Diff(want, contentsOf(t, pdfs)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// LibreOffice ends well whatever it did.
func TestPDFsFail(t *testing.T) {
	for _, test := range []struct{ name, does, says string }{
		{"made nothing and ended well", "echo Error: source file could not be loaded", "made no PDF of 汇总_2024-06.xlsx"},
		{"made something else", `for n in 0 1; do echo no >"$out/$n.pdf"; done`, "made no PDF of"},
		{"ended badly", "echo crash; exit 77", "crash"},
	} {
		t.Run(test.name, func(t *testing.T) {
			sofficeThat(t, test.does)
			if _, err := makePDFs(t.Context(), t); err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("%v, want %q in it", err, test.says)
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
	if _, err := makePDFs(ctx, t); !errors.Is(err, context.DeadlineExceeded) {
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
	if _, err := FindLibreOffice(); !errors.Is(err, ErrNoLibreOffice) {
		t.Errorf("%v, want %v", err, ErrNoLibreOffice)
	}
}

// A workbook and a document of one name are two PDFs.
func TestPDFsOfOneName(t *testing.T) {
	pdfs := besides([]string{"a.xlsx", "a.docx", "b.xlsx"})
	if diff := cmp.Diff([]string{"a（表）.pdf", "a.pdf", "b.pdf"}, pdfs); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestPDFsMade has LibreOffice itself make one of a workbook.
func TestPDFsMade(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes seconds")
	}
	office, err := FindLibreOffice()
	if err != nil {
		t.Skip(err)
	}
	t.Setenv("LC_ALL", "C")
	inbox := filepath.Join(samplesDir, "2024-06/inbox")
	pdfs, err := MakePDFs(t.Context(), office, inbox, []Written{{Path: "2024.6县统计局任务进展情况.xlsx"}})
	if err != nil {
		t.Fatal(err)
	}
	if made := contentsOf(t, pdfs)["2024.6县统计局任务进展情况.pdf"]; !strings.HasPrefix(made, "%PDF-") {
		t.Errorf("%.20q is no PDF", made)
	}
}
