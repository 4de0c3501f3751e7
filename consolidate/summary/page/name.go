package page

import (
	"strings"
	"unicode"

	"huizong/internal/form"
)

// subjects are what cells of published figures are named after, by form; others are named after the
// title of their form.
var subjects = map[string]string{
	"reserve": "谋划储备", "progress": "重点项目", "statistics": "入统", "obstacles": "堵点难点", "duty": "包抓", "promotion": "招商",
	"signing": "招商签约", "dispatch": "调度督办", "tasks": "任务", "services": "营商环境", "landyield": "亩均",
}

// CellName is the name in a workbook of the cell of a published figure, the same in every month:
// 谋划储备_项目数 for reserve.projects.
func CellName(figure string) string {
	f, declared := form.FigureNamed(figure)
	subject, named := subjects[f.ID]
	if !named {
		subject = f.Title
	}
	title := strings.TrimPrefix(strings.ReplaceAll(declared.Title, "1-N月", ""), subject)
	if title == "数" { // of 重点项目数
		title = "项目数"
	}
	return subject + "_" + strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return r
		case r == '（':
			return '_'
		}
		return -1
	}, title)
}
