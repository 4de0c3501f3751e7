package job

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"huizong/consolidate/summary"
)

// ErrNoLibreOffice says that there is nothing to make PDFs with.
var ErrNoLibreOffice = errors.New("LibreOffice is not installed")

// pdfLimit is how long LibreOffice may take for one file; it starts in some seconds.
const pdfLimit = 2 * time.Minute

// WritePDFs makes of each workbook or document a PDF beside it, through LibreOffice, and gives
// their paths. PDFs that lie there from before are taken away first: one that is left when
// LibreOffice fails would be of other figures. The same file gives other bytes each time.
func WritePDFs(ctx context.Context, paths []string) ([]string, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	pdfs, err := besides(paths)
	if err != nil {
		return nil, err
	}
	soffice, err := findLibreOffice()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "huizong-pdf-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	said, err := convert(ctx, soffice, dir, paths)
	if err != nil {
		return nil, err
	}
	for i, path := range pdfs {
		content, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("%d.pdf", i)))
		if err != nil || !bytes.HasPrefix(content, []byte("%PDF-")) {
			return nil, fmt.Errorf("LibreOffice made no PDF of %s: %s", paths[i], said)
		}
		if err := summary.WriteFile(path, content); err != nil {
			return nil, fmt.Errorf("%w (if it is open in a reader, close it, then run again)", err)
		}
	}
	return pdfs, nil
}

// besides names the PDFs and takes away those that are there. Of a workbook and a document of one name
// the document's is called as they are, the workbook's （表）.
func besides(paths []string) ([]string, error) {
	var pdfs []string
	for _, path := range paths {
		base := strings.TrimSuffix(path, filepath.Ext(path))
		if document := base + ".docx"; path != document && slices.Contains(paths, document) {
			base += "（表）"
		}
		pdf := base + ".pdf"
		if err := os.Remove(pdf); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("%w (if it is open in a reader, close it, then run again)", err)
		}
		pdfs = append(pdfs, pdf)
	}
	return pdfs, nil
}

// findLibreOffice looks where it is installed without being on the path, too.
func findLibreOffice() (string, error) {
	names := []string{"soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"}
	if programs := os.Getenv("ProgramFiles"); programs != "" {
		names = append(names, filepath.Join(programs, "LibreOffice", "program", "soffice.exe"))
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNoLibreOffice
}

// convert has LibreOffice make 0.pdf, 1.pdf … of the files in a folder, and gives what it said.
// The files are copied under names of figures, since names in Chinese are lost where the locale
// is none, and a workbook may be open. LibreOffice has a profile of its own there: with that of
// somebody at work it would hand the files over to him. It ends with 0 whatever it did.
func convert(ctx context.Context, soffice, dir string, paths []string) (string, error) {
	profile := url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(filepath.Join(dir, "profile")), "/")}
	args := []string{"--headless", "--norestore", "-env:UserInstallation=" + profile.String(), "--convert-to", "pdf", "--outdir", dir}
	for i, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			return "", err
		}
		copied := filepath.Join(dir, fmt.Sprintf("%d%s", i, filepath.Ext(path)))
		if err := os.WriteFile(copied, content, 0o600); err != nil {
			return "", err
		}
		args = append(args, copied)
	}
	limit := pdfLimit * time.Duration(len(paths))
	limited, stop := context.WithTimeout(ctx, limit)
	defer stop()
	command := exec.CommandContext(limited, soffice, args...)
	command.WaitDelay = time.Second
	endsWithChildren(command)
	said, err := command.CombinedOutput()
	text := strings.Join(strings.Fields(string(said)), " ")
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case limited.Err() != nil:
		return "", fmt.Errorf("LibreOffice was not done after %v: %s", limit, text)
	case err != nil:
		return "", fmt.Errorf("LibreOffice: %w: %s", err, text)
	}
	return text, nil
}
