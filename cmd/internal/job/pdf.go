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

	"huizong/internal/folder"
)

// ErrNoLibreOffice says that there is nothing to make PDFs with.
var ErrNoLibreOffice = errors.New("LibreOffice is not installed")

// pdfLimit is how long LibreOffice may take for one file; it starts in some seconds.
const pdfLimit = 2 * time.Minute

// MakePDFs makes of each workbook or document of a folder a PDF beside it, through LibreOffice. The same file gives
// other bytes each time.
func MakePDFs(ctx context.Context, soffice, root string, files []Written) ([]folder.File, error) {
	dir, err := os.MkdirTemp("", "huizong-pdf-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	said, err := convert(ctx, soffice, dir, root, files)
	if err != nil {
		return nil, err
	}
	var pdfs []folder.File
	for i, path := range besides(pathsOf(files)) {
		content, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("%d.pdf", i)))
		if err != nil || !bytes.HasPrefix(content, []byte("%PDF-")) {
			return nil, fmt.Errorf("LibreOffice made no PDF of %s: %s", files[i].Path, said)
		}
		pdfs = append(pdfs, folder.Holding(path, content))
	}
	return pdfs, nil
}

func pathsOf(files []Written) []string {
	paths := make([]string, len(files))
	for i, file := range files {
		paths[i] = file.Path
	}
	return paths
}

// besides names the PDFs of workbooks and documents. Of a workbook and a document of one name the
// document's is called as they are, the workbook's （表）.
func besides(paths []string) []string {
	pdfs := make([]string, len(paths))
	for i, path := range paths {
		base := strings.TrimSuffix(path, filepath.Ext(path))
		if document := base + ".docx"; path != document && slices.Contains(paths, document) {
			base += "（表）"
		}
		pdfs[i] = base + ".pdf"
	}
	return pdfs
}

// FindLibreOffice looks where it is installed without being on the path, too; ErrNoLibreOffice if it is
// nowhere.
func FindLibreOffice() (string, error) {
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

// convert has LibreOffice make 0.pdf, 1.pdf … of files below root in a folder, and gives what it said.
// The files are copied there under names of figures, since names in Chinese are lost where the locale is
// none. LibreOffice has a profile of its own there: with that of
// somebody at work it would hand the files over to him. It ends with 0 whatever it did.
func convert(ctx context.Context, soffice, dir, root string, files []Written) (string, error) {
	profile := url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(filepath.Join(dir, "profile")), "/")}
	args := []string{"--headless", "--norestore", "-env:UserInstallation=" + profile.String(), "--convert-to", "pdf", "--outdir", dir}
	for i, file := range files {
		copied := filepath.Join(dir, fmt.Sprintf("%d%s", i, filepath.Ext(file.Path)))
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file.Path)))
		if err == nil {
			err = os.WriteFile(copied, content, 0o600)
		}
		if err != nil {
			return "", err
		}
		args = append(args, copied)
	}
	limit := pdfLimit * time.Duration(len(files))
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
