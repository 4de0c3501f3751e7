package document_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/consolidate/summary/document"
)

var update = flag.Bool("update", false, "rewrite the golden")

// TestDemo keeps what a document says as text: number, style and text of each paragraph.
func TestDemo(t *testing.T) {
	const golden = "testdata/demo.txt"
	var got strings.Builder
	for _, p := range demo().Paragraphs() {
		got.WriteString(strings.ReplaceAll(p.String(), "\n", "⏎") + "\n")
	}
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
		t.Error(diff)
	}
}

func TestSameBytes(t *testing.T) {
	d := demo()
	first := mustBytes(t, d)
	if !bytes.Equal(first, mustBytes(t, d)) {
		t.Error("the same document written twice has other bytes")
	}
	if !bytes.Equal(first, mustBytes(t, demo())) {
		t.Error("the same content has other bytes")
	}
}

func TestOrigins(t *testing.T) {
	d := blankDocument()
	d.Heading(1, document.Quote("交通类", "分领域!A6"))
	d.Paragraph(document.Say("完成"), document.Quote("12.50亿元", "分领域!D6"), document.Say("。"))
	want := []document.Paragraph{
		{1, "Heading1", document.Text{{"一、", nil}, {"交通类", "分领域!A6"}}},
		{2, "BodyTextFirstIndent", document.Text{{"完成", nil}, {"12.50亿元", "分领域!D6"}, {"。", nil}}},
	}
	if diff := cmp.Diff(want, d.Paragraphs()); diff != "" {
		t.Error(diff)
	}
}

func TestNumbersOfHeadings(t *testing.T) {
	d := blankDocument()
	for _, rank := range []int{1, 2, 2, 3, 4, 4, 3, 1, 2, 3, 4} {
		d.Heading(rank)
	}
	for range 19 {
		d.Item(1)
	}
	var got []string
	for _, p := range d.Paragraphs() {
		got = append(got, p.Parts.String())
	}
	want := strings.Fields("一、 （一） （二） 1. （1） （2） 2. 二、 （一） 1. （1） " +
		"三、 四、 五、 六、 七、 八、 九、 十、 十一、 十二、 十三、 十四、 十五、 十六、 十七、 十八、 十九、 二十、 二十一、")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAttachmentsAreNumbered(t *testing.T) {
	for _, test := range []struct {
		name      string
		announced []string
		said      []string
		mark      string
	}{
		{"none", nil, nil, ""},
		{"one", []string{"一览表"}, []string{"", "附件：一览表"}, "附件"},
		{"two", []string{"一览表", "任务单"}, []string{"", "附件：1.\t一览表", "2.\t任务单"}, "附件1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := blankDocument()
			d.Announce(test.announced...)
			var got []string
			for _, p := range d.Paragraphs() {
				got = append(got, p.Parts.String())
			}
			if diff := cmp.Diff(test.said, got); diff != "" {
				t.Error(diff)
			}
			if test.mark == "" {
				return
			}
			d.Attachment(document.Portrait)
			if mark := d.Paragraphs()[len(got)]; mark.Parts.String() != test.mark || mark.Style != "AttachmentMark" {
				t.Errorf("the attachment begins with %v, want %s", mark, test.mark)
			}
		})
	}
}

func TestBlankImprint(t *testing.T) {
	d := blankDocument()
	d.Imprint(document.Imprint{})
	if got := d.Paragraphs(); len(got) > 0 {
		t.Errorf("a blank imprint has paragraphs: %v", got)
	}
}

// What the author of a document can get wrong is said at once.
func TestRefused(t *testing.T) {
	wide := document.Table[int]{Columns: []document.Column[int]{{"一", 37, document.Left, nil}}}
	small := document.Table[int]{Points: 8.5, Columns: wide.Columns}
	for _, test := range []struct {
		name, says string
		draw       func(*document.Document)
	}{
		{"attachment not announced", "not announced", func(d *document.Document) { d.Attachment(document.Portrait) }},
		{"columns wider than a line", "do not fit", func(d *document.Document) { wide.Draw(d, nil) }},
		{"type too small", "too small", func(d *document.Document) { small.Draw(d, nil) }},
		{"three fields in a row", "one or two", func(d *document.Document) { d.Form(make([]document.Field, 3)) }},
		{"after the imprint", "nothing follows", func(d *document.Document) {
			d.Imprint(document.Imprint{Printer: issuer})
			d.Paragraph()
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			defer func() {
				if said, _ := recover().(string); !strings.Contains(said, test.says) {
					t.Errorf("said %q, want %q in it", said, test.says)
				}
			}()
			test.draw(blankDocument())
		})
	}
}
