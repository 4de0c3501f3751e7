package document_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"huizong/consolidate/summary/document"
)

// fontsConf lets fonts that are there stand in for those of the standard.
const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
	<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
	<alias binding="same"><family>方正小标宋简体</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
	<alias binding="same"><family>仿宋_GB2312</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
	<alias binding="same"><family>楷体_GB2312</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
	<alias binding="same"><family>宋体</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
	<alias binding="same"><family>黑体</family><prefer><family>Noto Sans CJK SC</family></prefer></alias>
</fontconfig>
`

// printed is the text of the pages that LibreOffice makes of documents, by name. It skips the
// test where LibreOffice Writer or poppler's pdftotext is missing. With HUIZONG_PAGES set to a
// folder, the pages go there as pictures, to be looked at.
func printed(t *testing.T, documents map[string]*document.Document) map[string][]string {
	t.Helper()
	for _, tool := range []string{"soffice", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed", tool)
		}
	}
	dir := t.TempDir()
	t.Setenv("FONTCONFIG_FILE", filepath.Join(dir, "fonts.conf"))
	if err := os.WriteFile(os.Getenv("FONTCONFIG_FILE"), []byte(fontsConf), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"--headless", "-env:UserInstallation=file://" + filepath.ToSlash(dir) + "/profile", "--convert-to", "pdf", "--outdir", dir}
	for name, d := range documents {
		file := filepath.Join(dir, name+".docx")
		if err := os.WriteFile(file, mustBytes(t, d), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	log, err := exec.Command("soffice", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, log)
	}
	pages := map[string][]string{}
	for name := range documents {
		pdf := filepath.Join(dir, name+".pdf")
		if _, err := os.Stat(pdf); err != nil && os.Getenv("CI") == "" {
			t.Skipf("LibreOffice made no PDF, perhaps for want of Writer: %s", log)
		}
		if shown := os.Getenv("HUIZONG_PAGES"); shown != "" {
			if log, err := exec.Command("pdftoppm", "-png", "-r", "80", pdf, filepath.Join(shown, name)).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, log)
			}
		}
		text, err := exec.Command("pdftotext", "-layout", pdf, "-").Output()
		if err != nil {
			t.Fatalf("%s.pdf: %v: %s", name, err, log)
		}
		pages[name] = strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
	}
	return pages
}

// lines are the lines of a page that say something.
func lines(page string) []string {
	var all []string
	for line := range strings.Lines(page) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

func unspaced(line string) string { return strings.ReplaceAll(line, " ", "") }

// TestPrinted looks at pages: lines of the standard, heads of tables on every page, page numbers,
// the imprint at the end.
func TestPrinted(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes seconds")
	}
	full := blankDocument()
	full.Paragraph(document.Say(strings.Repeat("国", 22*28-2+1))) // two characters in; one more than a page holds
	filled := blankDocument()
	for range 21 {
		filled.Paragraph(document.Say("段"))
	}
	imprint := document.Imprint{CopyTo: "县委办公室。", Printer: issuer, Printed: "2024年7月5日印发"}
	filled.Imprint(imprint)
	pages := printed(t, map[string]*document.Document{"full": full, "filled": filled, "demo": demo()})

	first := lines(pages["full"][0])
	if len(pages["full"]) != 2 || len(first) != 22+1 {
		t.Fatalf("%d pages, %d lines on the first; want 2 and 22 with the page number:\n%s", len(pages["full"]), len(first), pages["full"][0])
	}
	for i, line := range first[1:22] {
		if n := utf8.RuneCountInString(line); n != 28 {
			t.Errorf("line %d has %d characters, want 28", i+2, n)
		}
	}
	if unspaced(first[22]) != "—1—" {
		t.Errorf("the page ends with %q, want its number", first[22])
	}

	if n := len(pages["filled"]); n != 2 || !strings.Contains(pages["filled"][1], "抄送：") {
		t.Errorf("%d pages: an imprint that finds no room on a page belongs on the next, not over its text", n)
	}

	var headed int
	for _, page := range pages["demo"] {
		if strings.Contains(page, "责任单位") && strings.Contains(page, "年度计划") && strings.Contains(page, "累计完成") {
			headed++
		}
	}
	if headed != 4 {
		t.Errorf("the heads of two tables, of three pages and one, stand on %d pages", headed)
	}
	if sheet := pages["demo"][6]; !strings.Contains(sheet, "整改任务单") || !strings.Contains(sheet, "任务编号") {
		t.Errorf("a table that leaves no room for the imprint does not stand below its title:\n%s", sheet)
	}
	last := lines(pages["demo"][len(pages["demo"])-1])
	if len(pages["demo"]) != 8 || !strings.Contains(strings.Join(last, "\n"), "印发") || unspaced(last[len(last)-1]) != "—8—" {
		t.Errorf("%d pages, want 8, with the imprint on the last:\n%s", len(pages["demo"]), strings.Join(last, "\n"))
	}
}
