package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
	"huizong/consolidate/summary"
)

// pdfFlag is of the commands that write workbooks.
func pdfFlag(command *cobra.Command, into *bool) {
	command.Flags().BoolVar(into, "pdf", false, "make a PDF of each workbook and document, too (with LibreOffice)")
}

// makePDFs makes PDFs of what was written into a folder. Where there is no LibreOffice it says so
// and makes none: the workbooks are there, and they are what counts.
func (p *program) makePDFs(ctx context.Context, dir string, written []summary.Written) ([]string, error) {
	var paths []string
	for _, file := range written {
		paths = append(paths, filepath.Join(dir, filepath.FromSlash(file.Path)))
	}
	pdfs, err := job.WritePDFs(ctx, paths)
	switch {
	case errors.Is(err, job.ErrNoLibreOffice):
		p.tell("%s\n", p.say("没有安装 LibreOffice，未生成 PDF；汇总表已经写好，可在 Excel 或 WPS 里另存为 PDF",
			"LibreOffice is not installed, no PDF was made; the workbooks are there: save them as PDF in Excel or WPS"))
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("PDF: %w", err)
	}
	return pdfs, nil
}

// tellPDFs says how many there are.
func (p *program) tellPDFs(pdfs []string) {
	if len(pdfs) > 0 && !p.json {
		p.printf(p.say("另有 %d个 PDF\n", "and %d PDFs\n"), len(pdfs))
	}
}
