package importer

import (
	"fmt"

	"huizong/importer/sheet"
	"huizong/internal/ledger"
)

// bounded says what each limit bounds and what it counts, by its key in county.toml.
var bounded = map[string]struct{ what, unit string }{
	"file":           {"文件", inBytes},
	"unzipped":       {"文件解压以后", inBytes},
	"sheet":          {"一张工作表", inBytes},
	"shared_strings": {"全部文字", inBytes},
	"styles":         {"全部样式", inBytes},
	"other":          {"文件内的其他部分", inBytes},
	"entries":        {"文件内的部分或工作表", "个"},
	"cells":          {"有内容的单元格", "个"},
	"strings":        {"不同的文字", "条"},
	"merges":         {"一张工作表的合并单元格", "处"},
	"formats":        {"单元格样式或数字格式", "种"},
	"format":         {"一种数字格式", inBytes},
	"text":           {"一个单元格的文字", inBytes},
	"tag":            {"文件内的一个标记", inBytes},
	"content":        {"所有单元格的文字", inBytes},
	"rows":           {"一份报表的行数", "行"},
	"findings":       {"读表发现的问题（这么多的，多半是各列错了位、用错了表）", "处"},
	"search":         {"查找表名、表头和单位的步数", "步"},
	"depth":          {"文件内容的嵌套", "层"},
	"spins":          {"试密码的运算", "次"},
}

const inBytes = "字节"

// refusalOf is the finding of a file that was refused: of the sheet and row where they are
// known, else with the part that is damaged; and with the limit that was hit.
func refusalOf(path string, refusal *sheet.Refusal) ledger.Finding {
	f := ledger.Finding{Code: refusals[refusal.Reason], File: path, Sheet: refusal.Sheet, Row: refusal.Row}
	switch {
	case refusal.Reason == sheet.Damaged && refusal.Sheet == "":
		f.Found = refusal.Part
	case refusal.Limit != "":
		of := bounded[refusal.Limit]
		f.Expected = fmt.Sprintf("%s不超过%s〔limits.%s〕", of.what, amount(refusal.Allowed, of.unit), refusal.Limit)
	}
	return f
}

// tooMuch is the refusal of a file for a limit that only its meaning hits; sheet is where, blank for
// nowhere in particular.
func tooMuch(name, limit string, allowed int) *sheet.Refusal {
	return &sheet.Refusal{Reason: sheet.TooLarge, Sheet: name, Limit: limit, Allowed: int64(allowed)}
}

// amount is a number with its unit; whole megabytes are shown as such.
func amount(n int64, unit string) string {
	const mega = 1 << 20
	if unit == inBytes && n%mega == 0 {
		return fmt.Sprintf("%dMB", n/mega)
	}
	return fmt.Sprintf("%d%s", n, unit)
}
