package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"huizong/consolidate"
	"huizong/consolidate/summary"
)

// traceParagraph asks a document about a paragraph; without a number it lists those that can be asked about.
func (p *program) traceParagraph(command *cobra.Command, args []string) error {
	number := 0
	if len(args) == 2 {
		n, err := strconv.Atoi(args[1])
		if err != nil || n < 1 {
			return fmt.Errorf(p.say("%s：通报和交办单请写第几段，如 9；不写段号，列出各段",
				"%s: ask a document by the number of a paragraph, such as 9; without a number its paragraphs are listed"), args[1])
		}
		number = n
	}
	return p.works(func(ctx context.Context, _ []string) error {
		var lineage *summary.DocumentLineage
		err := p.remake(ctx, args[0], func(m *consolidate.Month, name string) (remade, bool) {
			lineage = summary.DocumentLineageOf(m, name)
			return lineage, lineage != nil
		})
		if err != nil {
			return err
		}
		if number == 0 {
			return p.listParagraphs(filepath.Base(args[0]), lineage.Paragraphs())
		}
		trace, err := lineage.Trace(number, p.lang)
		if err != nil {
			return err
		}
		return p.showParagraph(filepath.Base(args[0]), trace)
	})(command, args)
}

// listParagraphs prints the paragraphs of a document that quote cells.
func (p *program) listParagraphs(name string, all []summary.Paragraph) error {
	if p.json {
		return p.writeJSON(struct {
			Document   string              `json:"document"`
			Paragraphs []summary.Paragraph `json:"paragraphs"`
		}{name, append([]summary.Paragraph{}, all...)})
	}
	for _, paragraph := range all {
		p.printf("%d  %s\n", paragraph.Number, paragraph.Shown)
	}
	return nil
}

// showParagraph prints what a paragraph rests on.
func (p *program) showParagraph(name string, t *summary.DocumentTrace) error {
	if p.json {
		return p.writeJSON(struct {
			Document string `json:"document"`
			*summary.DocumentTrace
		}{name, t})
	}
	p.printf(p.say("%s  第%d段\n", "%s  paragraph %d\n"), name, t.Number)
	p.printf("%s  %s\n", p.say("内容", "says"), t.Shown)
	if len(t.Reads) > 0 {
		p.printf("%s  %s\n", p.say("引自", "quotes"), p.listed(t.Reads))
	}
	p.showSources(t.Sources, t.Shown)
	return nil
}
