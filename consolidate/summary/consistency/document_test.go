package consistency

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// write makes a document of a body.
func write(t *testing.T, name, body string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "2024-06")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	z := zip.NewWriter(file)
	part, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	const space = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	if _, err := part.Write([]byte("<w:document " + space + "><w:body>" + body + "</w:body></w:document>")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// paragraph is one in two runs, as word processors divide them.
func paragraph(words string) string {
	half := len([]rune(words)) / 2
	run := func(r []rune) string { return "<w:r><w:t>" + string(r) + "</w:t></w:r>" }
	return "<w:p>" + run([]rune(words)[:half]) + run([]rune(words)[half:]) + "</w:p>"
}

func tableOf(rows ...[]string) string {
	var b strings.Builder
	for _, cells := range rows {
		b.WriteString("<w:tr>")
		for _, words := range cells {
			b.WriteString("<w:tc>" + paragraph(words) + "</w:tc>")
		}
		b.WriteString("</w:tr>")
	}
	return "<w:tbl>" + b.String() + "</w:tbl>"
}

// A document's sentences and tables are held against each other like a workbook's.
func TestDocument(t *testing.T) {
	said := paragraph("城固县2024年6月重点项目通报") + paragraph("全县重点项目52个，其中省级4个、市级48个，已开工52个。")
	light := func(words string) string {
		return tableOf([]string{"总评", "项目名称", "责任单位"}, []string{words, "天明镇枣林山洪灾害防治项目", "水利局"})
	}
	attachment := paragraph("附件4") + paragraph("月评比排名") +
		tableOf([]string{"名次", "单位", "得分", "名次", "单位", "得分"}, []string{"1", "水利局", "96.50", "2", "财政局", "88.50"}, []string{"3", "林业局", "80.00"})
	for name, c := range map[string]struct {
		body string
		want string
	}{
		"a list beside itself":    {said + attachment + paragraph("得分居前的：部门中财政局（88.60分）。"), "同名不同数：月评比 | 得分 | 单位=财政局 | 2024-06"},
		"they agree":              {said + light("黄灯") + light("黄灯"), ""},
		"two lights":              {said + light("黄灯") + light("红灯"), "同名不同数：重点 | 总评 | 项目=天明镇枣林山洪灾害防治项目 | 2024-06"},
		"two counts":              {said + paragraph("全县重点项目52个，其中省级4个、市级47个。"), "同名不同数：重点 | 项目数 | 组别=市级 | 2024-06"},
		"a sheet that is nowhere": {said + paragraph("详情见《月度图表》。"), "所指的表不存在"},
		"a number that is none":   {said + paragraph("较上月-0.0个百分点。"), "不该出现的数"},
	} {
		t.Run(name, func(t *testing.T) {
			folder, err := Read(write(t, "城固县通报_2024-06.docx", c.body))
			if err != nil {
				t.Fatal(err)
			}
			report := Check(folder)
			if report.Facts < 4 {
				t.Errorf("%d facts", report.Facts)
			}
			switch {
			case c.want == "" && len(report.Findings) > 0:
				t.Errorf("found %v", report.Findings)
			case c.want != "" && (len(report.Findings) != 1 || !strings.HasPrefix(report.Findings[0].String(), c.want)):
				t.Errorf("found %v, want one %s", report.Findings, c.want)
			}
		})
	}
}

// Numbers agree if each can be the other, as far as it is shown.
func TestAgrees(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"20.71亿元", "207,086.00万元", true},
		{"20.71亿元", "207,151.00万元", false},
		{"20.71亿元", "20.72亿元", false},
		{"460个", "460", true},
		{"4,936个", "4,936件", false},
		{"32名", "32人", true},
		{"42.4%", "42.37%", true},
		{"42.4%", "42.5%", false},
	} {
		a, isA := parseNumber(c.a)
		b, isB := parseNumber(c.b)
		if !isA || !isB || a.in(a.unit).agrees(b.in(b.unit)) != c.want {
			t.Errorf("%s and %s agree: want %v", c.a, c.b, c.want)
		}
	}
}
