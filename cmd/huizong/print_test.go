package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/xuri/excelize/v2"

	"huizong/cmd/internal/visible"
	"huizong/internal/zipped"
)

// forged begins a line where a newline of a value reaches a stream.
const forged = "伪造的一行"

// hostile are words that hold, all together, every character that a terminal would obey or show as
// nothing, and a line of their own. NUL is not among them: no name of a file and no argument can
// hold it.
func hostile() []string {
	var all []rune
	for r := rune(1); r <= unicode.MaxRune; r++ {
		if visible.Text(string(r)) != string(r) && unicode.IsOneOf([]*unicode.RangeTable{unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp}, r) {
			all = append(all, r)
		}
	}
	var words []string
	for part := range slices.Chunk(all, 32) {
		words = append(words, "物流"+string(part)+"园\n"+forged+"\x1b[31m\u202e")
	}
	return words
}

// writeEscaped writes a workbook with control characters in its cells, which XML cannot hold but as
// Excel writes them: _x001B_.
func writeEscaped(t *testing.T, path, sheet string, rows [][]any) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		t.Fatal(err)
	}
	const mark = "标记"
	for i, row := range rows {
		for j, cell := range row {
			if text, ok := cell.(string); ok {
				var escaped strings.Builder
				for _, r := range text {
					if r < ' ' {
						fmt.Fprintf(&escaped, mark+"%04X_", r)
					} else {
						escaped.WriteRune(r)
					}
				}
				row[j] = escaped.String()
			}
		}
		if err := f.SetSheetRow(sheet, fmt.Sprint("A", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	f.SetZipWriter(func(to io.Writer) excelize.ZipWriter {
		return zipped.NewWriter(to, func(to io.Writer, _ string, content []byte) error {
			_, err := to.Write(bytes.ReplaceAll(content, []byte(mark), []byte("_x")))
			return err
		})
	})
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

// said runs the program and holds what it writes: not one character that is obeyed reaches either
// stream, no value begins a line, and --json is JSON.
func said(t *testing.T, args ...string) (stdout string) {
	t.Helper()
	var streams [2]bytes.Buffer
	execute(context.Background(), args, &streams[0], &streams[1])
	for i, stream := range streams {
		for line := range strings.Lines(stream.String()) {
			if text := strings.TrimSuffix(line, "\n"); visible.Text(text) != text || strings.HasPrefix(text, forged) {
				t.Errorf("huizong %q, stream %d: %q", args, i+1, text)
			}
		}
	}
	if slices.Contains(args, "--json") && streams[0].Len() > 0 && !json.Valid(streams[0].Bytes()) {
		t.Errorf("huizong %q: no JSON", args)
	}
	return streams[0].String()
}

// In a month whose files, sheets, cells, configuration and decisions are full of characters that a
// terminal obeys, no command gives it one.
func TestNothingIsObeyedByTheTerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a month again and again")
	}
	words := hostile()
	dir := t.TempDir()
	inbox, out := filepath.Join(dir, "收件"+words[0][:40]), filepath.Join(dir, "out")
	county := filepath.Join(dir, "county"+words[0][:30]+".toml")
	database := "sqlite:" + filepath.Join(dir, "h.db")
	month := func(args ...string) []string { return append([]string{"--database", database}, args...) }

	var files []string
	write := func(name, text string) {
		path := filepath.Join(inbox, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	if err := os.MkdirAll(inbox, 0o700); err != nil {
		t.Fatal(err)
	}
	workbook := func(name, sheet string, rows ...[]any) {
		path := filepath.Join(inbox, name)
		writeEscaped(t, path, sheet, rows)
		files = append(files, path)
	}
	for department, place := range map[string]string{"经济贸易局": "柳林镇", "柳林镇": "三合镇"} {
		rows := [][]any{
			{"谋划储备项目表（2024年6月）"}, {"填报单位：" + department, "", "", "", "填报日期：2024年6月20日", "单位：万元"},
			{"序号", "项目名称", "领域", "所属批次", "建设地点", "建设规模及主要建设内容", "总投资", "责任单位", "项目单位", "备注"},
		}
		for i, word := range words {
			rows = append(rows, []any{i + 1, fmt.Sprintf("第%d冷链", i) + word, "产业发展", "储备", place, word, 800 + i, department, "供销社" + word, word})
		}
		rows = append(rows, []any{99, "新华大桥", "产业发展", "储备", "柳林镇", "桥", "约40" + words[0], department, "供销社", ""})
		workbook(department+"储备"+words[1][:20]+"6月.xlsx", "储备\u202e\u200b表", rows...)
	}
	workbook("交通局.xlsx", "进展\u2066", []any{"重点项目建设进展月报表（2024年6月）"}, []any{"填报单位：交通运输局", "", "", "", "单位：万元"},
		[]any{"序号", "项目名称", "级别", "类别", "总投资\u202e", "1-6月累计完成投资", "多出的列\u202e\n" + forged},
		[]any{1, "物流\u202e\n" + forged, "市级", "续建\x1b", "约\u202e40", "4000", "\u2066"})
	for i, word := range words {
		write(fmt.Sprintf("%d%s.xlsx", i, word), "no workbook")
	}
	write("bad\xff\xc3.xlsx", "no workbook")
	write("received.csv", "file,date\n\"不在"+words[0]+"\",2024-06-20\n")
	files = append(files, filepath.Join(dir, "没有"+words[2]))
	if err := os.WriteFile(county, []byte("name = \"城固\\u001b县\"\n\"key\\u202e\" = 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}

	said(t, month("run", "--period", "2024-06", "--inbox", inbox, "--out", out)...)
	said(t, month("run", "--period", "2024-06", "--inbox", inbox, "--out", filepath.Join(out, words[1]), "--lang", "en", "--json")...)
	for _, file := range files {
		said(t, "check", file)
	}
	said(t, append([]string{"check", "--json", "--lang", "en"}, files[:len(files)-1]...)...)
	said(t, month("status", "--period", "2024-06")...)
	said(t, month("status", "--period", "2024-06", "--json")...)
	said(t, month("summary", "--period", "2024-06", "--out", filepath.Join(dir, words[0]))...)

	said(t, month("decide", "list")...)
	said(t, month("decide", "list", "--json")...)
	said(t, month("decide", "weights")...)
	said(t, month("decide", "find", words[0])...)
	if found := said(t, month("decide", "find", "冷链")...); strings.Count(found, "\n") != 2*len(words) {
		t.Errorf("a line each of %d rows:\n%s", 2*len(words), found)
	}
	var found struct{ Rows []foundRow }
	if err := json.Unmarshal([]byte(said(t, month("decide", "find", "冷链", "--json")...)), &found); err != nil || len(found.Rows) < 3 {
		t.Fatalf("%v: %+v", err, found)
	}
	decided := func(verdict string, a, b int, word string) {
		said(t, month("decide", verdict, found.Rows[a].Key, found.Rows[b].Key, "--who", "张"+word, "--why", word)...)
	}
	for _, word := range words {
		decided("different", 0, 1, word)
	}
	decided("same", 0, 1, words[0])
	decided("same", 1, 2, words[1])
	decided("different", 0, 2, words[2]) // contradicts
	said(t, month("decide", "same", words[0], words[1], "--who", words[0], "--why", words[0])...)
	said(t, month("decide", "list")...)
	said(t, month("decide", "undo", words[0])...)

	said(t, month("run", "--period", "2024-06", "--inbox", inbox, "--out", out)...)
	for cell := range 4 {
		said(t, month("trace", filepath.Join(out, "2024-06", "城固县谋划储备项目汇总_2024-06.xlsx"), fmt.Sprintf("项目台账!%c8", 'C'+cell))...)
	}
	said(t, month("trace", filepath.Join(out, "2024-06", "城固县谋划储备项目汇总_2024-06.xlsx"), "总览!F6", "--json")...)
	said(t, month("trace", filepath.Join(out, "2024-06", "城固县高质量项目推进月度通报_2024-06.docx"))...)

	word := words[0]
	for _, args := range [][]string{
		{word}, {"help", word}, {"help", "\u202e\x1b"}, {"run" + word}, {"run", "--" + word}, {"run", "--period", word}, {"run", "--period", "2024-06", "--inbox", word},
		{"--lang", word, "version"}, {"--county", county, "version"}, {"--county", word, "version"}, {"--database", word, "status", "--period", "2024-06"},
		{"forms", word}, {"codes", word}, {"forms", "--json"}, {"codes", "--json"}, {"forms", "reserve"}, {"codes"}, {"decide", word}, {"completion", word},
		{"summary", "--period", "2024-06", "--database", "sqlite:" + filepath.Join(dir, word, word)}, {"check", inbox}, {"check", "--passwords", word, files[0]},
		{"trace", word, "总览!A1"}, {"trace", word}, {"trace", word + ".docx", word}, {"samples", "--period", "2024-06", "--out", filepath.Join(county, word)},
	} {
		said(t, args...)
	}
}

// All that is written goes through print.go, with what it has of systems: nothing else touches the streams, and what values
// say is never part of a format.
func TestOnlyPrintWrites(t *testing.T) {
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files := token.NewFileSet()
	formats := 0
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "print") {
			continue
		}
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		wrong := func(at ast.Node, what string) { t.Errorf("%s: %s", files.Position(at.Pos()), what) }
		ast.Inspect(file, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.FuncDecl:
				return node.Name.Name != "main" // which hands the streams over
			case *ast.SelectorExpr:
				of, _ := node.X.(*ast.Ident)
				switch {
				case of == nil:
				case of.Name == "p" && (node.Sel.Name == "out" || node.Sel.Name == "log"), of.Name == "os" && strings.HasPrefix(node.Sel.Name, "Std"):
					wrong(node, "the streams are print.go's")
				case of.Name == "fmt" && (strings.HasPrefix(node.Sel.Name, "Print") || strings.HasPrefix(node.Sel.Name, "Fprint")):
					wrong(node, "printf and tell write")
				}
			case *ast.CallExpr:
				if called, ok := node.Fun.(*ast.SelectorExpr); ok && (called.Sel.Name == "printf" || called.Sel.Name == "tell") {
					formats++
					if !fixed(node.Args[0]) {
						wrong(node, "a format is fixed: values are its arguments")
					}
				}
			}
			return true
		})
	}
	if formats < 50 {
		t.Errorf("%d formats found", formats)
	}
}

// fixed reports whether an expression is a text of the source, or picks one of two.
func fixed(text ast.Expr) bool {
	switch text := text.(type) {
	case *ast.BasicLit:
		return true
	case *ast.BinaryExpr:
		return fixed(text.X) && fixed(text.Y)
	case *ast.CallExpr:
		called, ok := text.Fun.(*ast.SelectorExpr)
		return ok && called.Sel.Name == "say" && fixed(text.Args[0]) && fixed(text.Args[1])
	}
	return false
}
