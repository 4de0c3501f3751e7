package importer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"huizong/importer/sheet"
	"huizong/internal/ledger"
)

// Dittos: 同上 and its signs.
var dittoWords = []string{"同上", "同前", "同", "上同", "同上行", "同上栏", "同上项", "如上", "如前", "do", "do.", "ditto", "idem", "..", "...", "…", "……"}

const (
	dittoStarts = "同上如dDiI〃″\"＂“”„'＇’‘´`′,，.…-－—–―"
	dittoMarks  = "〃″\"“”„'’‘´`′,"
	sureMarks   = "〃″\"“”„"
)

// asLeft reports a cell that says that it is as the one to its left.
func asLeft(cell sheet.Cell) bool {
	return cell.Kind == sheet.Text && strings.Contains(cell.Raw, "同左") && tidy(cell.Raw) == "同左"
}

// ditto reports a cell that says that it is as the one above: 同 上, 〃, －〃－, ’’.
func ditto(cell sheet.Cell) bool {
	const longest = 30 // bytes
	if cell.Kind != sheet.Text || len(cell.Raw) > longest {
		return false
	}
	raw := tidy(cell.Raw)
	if first, _ := utf8.DecodeRuneInString(raw); !strings.ContainsRune(dittoStarts, first) {
		return false
	}
	text := strings.ToLower(ledger.Fold(raw))
	if slices.Contains(dittoWords, text) || slices.Contains(dittoWords, strings.TrimRight(text, "。.;")) {
		return true
	}
	marks := strings.Trim(text, "-·")
	return marks != "" && strings.Trim(marks, dittoMarks) == "" && (len([]rune(marks)) > 1 || strings.ContainsAny(marks, sureMarks))
}
