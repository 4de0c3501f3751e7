package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
	"huizong/internal/county"
)

// pdfFlag is of the commands that write workbooks.
func pdfFlag(command *cobra.Command, into *bool) {
	command.Flags().BoolVar(into, "pdf", false, "make a PDF of each workbook and document, too (with LibreOffice)")
}

// openToWrite opens the job's database to write a month, by job.Open or job.OpenThere, with PDFs if they are asked for.
// Where nothing can make them, that is said before anything begins.
func (p *program) openToWrite(ctx context.Context, open func(context.Context, string, *county.County) (*job.Job, error)) (*job.Job, error) {
	libreOffice := ""
	if p.pdf {
		var err error
		if libreOffice, err = job.FindLibreOffice(); errors.Is(err, job.ErrNoLibreOffice) {
			return nil, errors.New(p.say("没有安装 LibreOffice，不能生成 PDF；请安装，或去掉 --pdf，在 Excel 或 WPS 里另存为 PDF",
				"LibreOffice is not installed, which makes PDFs: install it, or leave out --pdf and save as PDF in Excel or WPS"))
		}
	}
	j, err := open(ctx, p.databaseURL, p.county)
	if err != nil {
		return nil, err
	}
	j.LibreOffice = libreOffice
	return j, nil
}

// withoutPDFs is the error of a month that is in place but for its PDFs; nil if it has them, or none were asked for.
func (p *program) withoutPDFs(r *job.Report) error {
	if r.NoPDFs == nil {
		return nil
	}
	return fmt.Errorf(p.say("其他文件都已写好，PDF 没有生成：%w", "all else is written, PDFs are not: %w"), r.NoPDFs)
}
