package importer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A vocabulary is the words of a column, folded and in capitals, official and not, with the
// official word of each.
type vocabulary struct {
	official map[string]string
	longest  int // bytes
}

// vocabularies are those of all columns with words.
var vocabularies = allVocabularies()

func allVocabularies() map[*form.Column]vocabulary {
	all := map[*form.Column]vocabulary{}
	for _, f := range form.All() {
		for _, c := range f.Columns {
			v := vocabulary{official: map[string]string{}}
			for _, word := range c.Words {
				for _, said := range append([]string{word.Name}, word.Aliases...) {
					said = capital(said)
					v.official[said] = word.Name
					v.longest = max(v.longest, len(said))
				}
			}
			all[c] = v
		}
	}
	return all
}

func capital(text string) string { return strings.ToUpper(ledger.Fold(text)) }

var (
	listNumber = regexp.MustCompile(`^(?:\d{1,2}[.、)]|\(\d{1,2}\)|[①②③④⑤⑥⑦⑧⑨⑩]|[一二三四五六七八九十]、)`)
	remarks    = regexp.MustCompile(`\(((?:[^()]|\([^()]*\))*)\)`)
)

// Signs by which staff tick a word, or do not.
const (
	ticks   = "√✓✔☑■●"
	crosses = "×✗✘☒"
	boxes   = "□☐○"
)

// Words that staff put behind an official word and that do not change it.
var classWords = []string{"项目", "工程", "阶段", "类", "库", "级", "档", "批", "书", "型", "建设", "工作", "的"}

// longestWord is how many bytes a text may have that is looked for among the words of a column.
const longestWord = 200

// find gives the official words that a text names, each once and in its order: as it stands, with
// a number in front, a tick beside it, or 项目, 类 and their like behind it, or several words
// one after another. None where any part of the text is no word.
func (v vocabulary) find(text string) []string {
	if len(text) > longestWord {
		return nil
	}
	if name, ok := v.official[text]; ok { // as it nearly always stands
		return []string{name}
	}
	said := capital(text)
	if name, ok := v.official[said]; ok {
		return []string{name}
	}
	if said = strings.Trim(said, ticks+"().,;。、"); said == "" {
		return nil
	}
	return v.parts(strings.TrimLeft(listNumber.ReplaceAllString(said, ""), ticks))
}

// parts takes a text apart into words, the longest first.
func (v vocabulary) parts(text string) (names []string) {
	for text != "" {
		size := min(len(text), v.longest)
		for size > 0 && v.official[text[:size]] == "" {
			size--
		}
		if size == 0 {
			return nil
		}
		if name := v.official[text[:size]]; !slices.Contains(names, name) {
			names = append(names, name)
		}
		text = text[size:]
		for cutWord(&text, classWords) {
		}
	}
	return names
}

// choose is find for a text that may say more in brackets.
func (v vocabulary) choose(text string) []string {
	if names := v.find(text); names != nil || len(text) > longestWord {
		return names
	}
	said := ledger.Fold(text)
	names := v.find(remarks.ReplaceAllString(said, ""))
	for _, remark := range remarks.FindAllStringSubmatch(said, -1) {
		if !v.agrees(remark[1], names) {
			return nil
		}
	}
	return names
}

// agrees reports whether a remark behind words leaves them as they are: it names no other,
// and does not take them back.
func (v vocabulary) agrees(remark string, names []string) bool {
	for _, name := range v.find(remark) {
		if !slices.Contains(names, name) {
			return false
		}
	}
	for _, name := range v.official {
		if len([]rune(name)) > 1 && strings.Contains(remark, name) && !slices.Contains(names, name) {
			return false
		}
	}
	return !takenBack.MatchString(remark)
}

// takenBack is a remark by which what stands before it is not so, or not yet.
var takenBack = regexp.MustCompile(`^(?:尚|暂|还)?[未非不待否]|^(?:拟|计划|预计|正在)$`)

// ticked gives the words beside the boxes that are ticked: ☑新建 □扩建, or 新建☑ 扩建□. A text
// without boxes is left alone.
func ticked(text string) string {
	if !strings.ContainsAny(text, boxes) {
		return text
	}
	text = ledger.Fold(text)
	var chosen []string
	word, box := "", ' '
	boxFirst := strings.IndexAny(text, ticks+boxes) == 0
	for _, r := range text + string(boxes[:len("□")]) {
		if !strings.ContainsRune(ticks+boxes, r) {
			word += string(r)
			continue
		}
		if !boxFirst {
			box = r
		}
		if word != "" && strings.ContainsRune(ticks, box) {
			chosen = append(chosen, word)
		}
		word, box = "", r
	}
	return strings.Join(chosen, "、")
}

// readChoice reads one of the column's words; the year of the return may stand in front.
func readChoice(c *form.Column, cell sheet.Cell, in calendar) reading {
	v := vocabularies[c]
	names := v.choose(ticked(cell.Raw))
	if names == nil {
		names = v.choose(strings.TrimPrefix(cell.Raw, strconv.Itoa(in.period.Year)+"年"))
	}
	switch {
	case len(names) == 1:
		return reading{value: ledger.Words(names[0]), did: replaced(cell.Raw, names[0])}
	case names == nil && cell.Kind == sheet.Text && blankWord(cell.Raw):
		return nothingIn(cell)
	}
	return reading{wrong: NotChoice, expected: namesOf(c.Words)}
}

// readSet reads several words of a choice, however they are parted, in the form's order.
func readSet(c *form.Column, cell sheet.Cell) reading {
	v := vocabularies[c]
	text := ticked(cell.Raw)
	chosen := v.choose(text)
	if chosen == nil {
		for _, part := range strings.FieldsFunc(width(text), func(r rune) bool { return strings.ContainsRune("、,;/+和及与 \n", r) }) {
			names := v.choose(part)
			if names == nil {
				chosen = nil
				break
			}
			chosen = append(chosen, names...)
		}
	}
	if chosen == nil && cell.Kind == sheet.Text && blankWord(cell.Raw) {
		return nothingIn(cell)
	}
	if chosen == nil {
		return reading{wrong: NotChoice, expected: namesOf(c.Words)}
	}
	var ordered []string
	for _, word := range c.Words {
		if slices.Contains(chosen, word.Name) {
			ordered = append(ordered, word.Name)
		}
	}
	value := strings.Join(ordered, "、")
	return reading{value: ledger.Words(value), did: replaced(cell.Raw, value)}
}

func namesOf(words []form.Word) string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = word.Name
	}
	return strings.Join(all, "、")
}

var (
	codeLabel  = regexp.MustCompile(`^[^\d:]*:`)
	codeSigns  = "-_./·"
	noCodeYet  = regexp.MustCompile(`^[待未暂无尚没正][^\d]*$`)
	scientific = regexp.MustCompile(`^\s*\d(\.\d+)?[Ee]\+\d+\s*$`)
)

// shownOnly reports what a spreadsheet shows of a long number, kept as text: 2.02E+17, ####.
func shownOnly(text string) bool {
	if strings.HasPrefix(text, "###") {
		return strings.Trim(text, "# ") == ""
	}
	return strings.Contains(text, "+") && scientific.MatchString(text)
}

// readCode folds a project code to half width and groups its digits. Codes have 20 digits,
// numbers only 15.
func readCode(cell sheet.Cell) reading {
	if cell.Kind != sheet.Text || shownOnly(cell.Raw) {
		return fails(CodeIsNumber)
	}
	code := strings.Trim(ledger.Fold(cell.Raw), "'")
	if ledger.ProjectCode(code).Check() != ledger.CodeMalformed {
		return reading{value: ledger.Words(code), did: replaced(cell.Raw, code)}
	}
	if code == "" || noCodeYet.MatchString(code) {
		return nothingIn(cell)
	}
	code = grouped(remark.ReplaceAllString(codeLabel.ReplaceAllString(code, ""), ""))
	return reading{value: ledger.Value{Known: code != "", S: code}, did: replaced(cell.Raw, code)}
}

// grouped puts the dashes of a project code where they belong; what has not its 20 digits is
// left as it stands.
func grouped(code string) string {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(codeSigns, r) {
			return -1
		}
		return r
	}, code)
	if len(digits) != 20 || strings.Trim(digits, "0123456789") != "" {
		return code
	}
	return strings.Join([]string{digits[:4], digits[4:10], digits[10:12], digits[12:14], digits[14:]}, "-")
}
