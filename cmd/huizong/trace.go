package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"huizong/consolidate"
	"huizong/consolidate/summary"
	"huizong/internal/ledger"
)

func (p *program) traceCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "trace FILE [SHEET!CELL | N]",
		Short: "一个数从哪里来：单位、文件、工作表、单元格、原文、处理 (where a figure comes from)",
		Long: "工作簿问单元格（工作表!单元格），通报和交办单（.docx）问第几段；不写段号，列出各段的号和内容。\n" +
			"Ask a workbook about a cell (SHEET!CELL), a document (.docx) about a paragraph by its number N; without N its paragraphs are listed.",
		Example: "  huizong trace out/2024-06/城固县谋划储备项目汇总_2024-06.xlsx '四个一批!C8'\n" +
			"  huizong trace out/2024-06/城固县重点项目进展汇总_2024-06.xlsx '项目台账!K12' --json\n" +
			"  huizong trace out/2024-06/城固县高质量项目推进月度通报_2024-06.docx 9",
		Args: cobra.RangeArgs(1, 2),
		RunE: func(command *cobra.Command, args []string) error {
			if summary.IsDocument(args[0]) {
				return p.traceParagraph(command, args)
			}
			place := strings.ReplaceAll(args[len(args)-1], "！", "!")
			sheet, cell, ok := strings.Cut(place, "!")
			if !ok || len(args) != 2 {
				return fmt.Errorf(p.say("%s：请写成 工作表!单元格，如 '总览!A5'（用单引号）", "%s: write SHEET!CELL, such as '总览!A5' (in single quotes)"), args[len(args)-1])
			}
			return p.works(func(ctx context.Context, _ []string) error {
				return p.trace(ctx, args[0], strings.Trim(sheet, "'"), cell)
			})(command, args)
		},
	}
}

// monthInName finds the month in the name of a file of ours.
var monthInName = regexp.MustCompile(`\d{4}-\d{2}`)

// remade is what the database gives again: a workbook or a document.
type remade interface{ Bytes() ([]byte, error) }

// remake makes the file's month again from the database and finds the file in it: a month is a pure
// function of the returns, so that files hold no lineage of their own. It must be the very one that the
// database gives. It fails where it is not; made is false where the month has no file of that name.
func (p *program) remake(ctx context.Context, path string, find func(m *consolidate.Month, name string) (of remade, made bool)) error {
	file, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf(p.say("没有文件 %s；汇总结果在 run 的 --out 文件夹里，如 out/2024-06/",
			"no file %s: the results are in the folder --out of run, such as out/2024-06/"), path)
	case err != nil:
		return err
	}
	name := filepath.Base(path)
	period, err := ledger.ParsePeriod(monthInName.FindString(name))
	if err != nil {
		return fmt.Errorf(p.say("%s：文件名里没有月份；请用 run 写出的文件，不要改名",
			"%s: no month in the name: ask one of the files of run, under the name that it has"), name)
	}
	j, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer j.Close()
	month, err := j.Merged(ctx, period)
	if err != nil {
		return p.explain(err, period)
	}
	of, made := find(month, name)
	if !made {
		return fmt.Errorf(p.say("%s：不是本程序的汇总工作簿、通报或交办单；请用 run 写出的文件，不要改名",
			"%s: none of our workbooks and documents: ask one of those of run, under the name that it has"), name)
	}
	content, err := of.Bytes()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if !bytes.Equal(file, content) {
		return fmt.Errorf(p.say("%s 不是数据库现在给出的那一份（文件存过盘，或由别的版本写成）；请先执行 huizong summary --period %s 重新生成，再查",
			"%s is not what the database gives (saved since, or written by another version): huizong summary --period %s, then ask again"), path, period)
	}
	return nil
}

// trace asks a workbook about a cell.
func (p *program) trace(ctx context.Context, path, sheet, cell string) error {
	var lineage *summary.Lineage
	err := p.remake(ctx, path, func(m *consolidate.Month, name string) (remade, bool) {
		lineage = summary.LineageOf(m, name)
		return lineage, lineage != nil
	})
	if err != nil {
		return err
	}
	trace, err := lineage.Trace(sheet, cell, p.lang)
	if err != nil {
		return err
	}
	name := filepath.Base(path)
	if p.json {
		return p.writeJSON(struct {
			Workbook string `json:"workbook"`
			*summary.Trace
		}{name, trace})
	}
	p.showTrace(name, trace)
	return nil
}

// shortList is how many projects and facts are printed; --json has all.
const shortList = 10

func (p *program) showTrace(name string, t *summary.Trace) {
	p.printf("%s  %s!%s", name, t.Sheet, t.Cell)
	if t.Heading != "" {
		p.printf("  %s", strings.ReplaceAll(t.Heading, "\n", ""))
	}
	p.printf("\n%s  %s\n", p.say("显示", "shows"), t.Shown)
	if t.Formula != "" {
		p.printf("%s  =%s\n", p.say("公式", "formula"), t.Formula)
		p.printf("%s  %s\n", p.say("读取", "reads"), p.listed(t.Reads))
	}
	p.showSources(t.Sources, t.Shown)
}

// showSources prints what a cell or a paragraph that shows something rests on.
func (p *program) showSources(t summary.Sources, shown string) {
	if route := route(t.Items); route != "" {
		p.printf("%s  %s\n", p.say("途经", "by way of"), route)
	}
	if len(t.Items) > 0 {
		p.printf(p.say("来源  %d项、%d处\n", "sources  %d items, %d claims\n"), len(t.Items), claims(t.Items))
	}
	p.showItems(t.Items[:min(len(t.Items), shortList)])
	p.printMore(len(t.Items))
	for _, fact := range t.Facts[:min(len(t.Facts), shortList)] {
		p.printf("%s  %s\n", p.say("本月", "of the month"), fact)
	}
	p.printMore(len(t.Facts))
	switch {
	case len(t.Items)+len(t.Facts) > 0:
	case shown == "":
		p.printf("%s\n", p.say("这一格是空白", "the cell is blank"))
	default:
		p.printf("%s\n", p.say("没有来源：不是数，或没有符合条件的项目", "no sources: no figure, or no project meets the conditions"))
	}
}

// showItems prints projects and what their cells say, under the sheet that they stand on.
func (p *program) showItems(items []summary.Item) {
	sheet := ""
	for i, item := range items {
		for j, c := range item.Claims {
			at := p.place(c)
			if at != sheet {
				p.printf("%s\n", at)
			}
			if at != sheet || j == 0 {
				p.printf("  %d. %s\n", i+1, item.Name)
			}
			sheet = at
			p.printf("     %s\n", p.claim(c))
		}
	}
}

// place is the sheet that a claim stands on.
func (p *program) place(c summary.Claim) string {
	if c.File == "" {
		return fmt.Sprintf(p.say("%s %s《%s》：库里没有这份报表", "%s %s %s: the return is not in the database"), c.Department, c.Period, c.Form)
	}
	return fmt.Sprintf(p.say("%s %s《%s》 文件 %s 工作表 %s SHA-256 %s", "%s %s %s, file %s, sheet %s, SHA-256 %s"),
		c.Department, c.Period, c.Form, c.File, c.Sheet, c.SHA256)
}

// claim is what a cell says: H7 总投资 “12.5亿元” → 125000万元（亿元折算为万元）.
func (p *program) claim(c summary.Claim) string {
	cell, value := c.Cell, c.Value
	if cell == "" {
		cell = p.say("（表中无此列）", "(no such column)")
	}
	if value == "" {
		value = p.say("空白", "blank")
	}
	text := fmt.Sprintf("%s %s “%s” → %s", cell, c.Column, c.Raw, value)
	var notes []string
	if c.Unit != "" {
		notes = append(notes, p.say("单位", "in ")+c.Unit)
	}
	if c.Did != "" {
		notes = append(notes, c.Did)
	}
	if c.Why != "" {
		notes = append(notes, c.Why)
	}
	if state := p.claimState(c.State); state != "" {
		notes = append(notes, state)
	}
	if len(notes) > 0 {
		text += "（" + strings.Join(notes, "；") + "）"
	}
	return text
}

// claimState says of a claim that it is not simply the value in force of this month.
func (p *program) claimState(state string) string {
	switch state {
	case summary.Carried:
		return p.say("沿用", "carried over")
	case summary.Held:
		return p.say("待核，未采用", "held back, not in force")
	case summary.Late:
		return p.say("结账后报送，未计入", "came when its month was closed, does not count")
	case summary.Other:
		return p.say("他单位所报，未采用", "of another department, not in force")
	}
	return ""
}

// listed is a list cut short.
func (p *program) listed(all []string) string {
	if len(all) <= shortList {
		return strings.Join(all, " ")
	}
	return fmt.Sprintf(p.say("%s …共%d格", "%s … %d cells"), strings.Join(all[:shortList], " "), len(all))
}

// printMore says how many were not printed.
func (p *program) printMore(total int) {
	if total > shortList {
		p.printf(p.say("   ……共%d，其余见 --json\n", "   … %d in all, see --json for the rest\n"), total)
	}
}

// route is how the cell leads to the first claim, where it is not a step away.
func route(items []summary.Item) string {
	if len(items) == 0 || len(items[0].Claims[0].Path) < 3 {
		return ""
	}
	return strings.Join(items[0].Claims[0].Path, " ← ")
}

func claims(items []summary.Item) int {
	n := 0
	for _, item := range items {
		n += len(item.Claims)
	}
	return n
}
