package naming

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Remarks say how a project is paid for or let, or what it costs: nothing of which project it is.
var remarks = regexp.MustCompile(`[(,]?(总投资|计划投资|投资|概算|估算)[约额]?\d+(\.\d+)?[千百万亿]*元\)?|\(约?\d+(\.\d+)?[千百万亿]*元\)|` +
	`\((专项债券?|中央预算内(投资)?|(超长期)?特别国债|PPP|EPC|BOT|续建|新建|在建|已备案|\d{4}年申报|拟建|签约|新开工|重点|打包|以工代赈|苏陕协作|` +
	`债券资金|财政资金|重新招标|二次)\)|(EPC|设计采购施工|设计施工|工程|施工)?(总承包|EPC|PPP)(模式)?$`)

// Quotes stand anywhere in names and mean nothing.
var quotes = strings.NewReplacer("「", "", "」", "", "『", "", "』", "", "《", "", "》", "", "〈", "", "〉", "",
	"“", "", "”", "", "‘", "", "’", "", `"`, "", "'", "", "`", "")

// What every remark and every child has: to look for it is cheaper than to match.
var (
	signsOfRemarks  = strings.Fields("( 元 EPC PPP 总承包")
	signsOfChildren = strings.Fields("子项 部分 单项工程 子工程")
)

func containsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// childOf is a part that is named behind its whole: 河道清淤工程-配套工程子项.
var childOf = regexp.MustCompile(`^(.+?)[-(]+([^-()]+)(?:子项目?|单项工程|子工程|部分)\)?$`)

// Read takes a folded name apart.
func (g *Gazetteer) Read(folded string) *Name {
	whole := quotes.Replace(strings.ToUpper(folded))
	text := whole
	r := reader{gazetteer: g}
	if containsAny(whole, signsOfRemarks) {
		if rest := remarks.ReplaceAllString(whole, ""); rest != "" && rest != whole {
			text, r.remarks = rest, strings.Join(remarks.FindAllString(whole, -1), "")
		}
	}
	if containsAny(text, signsOfChildren) {
		if child := childOf.FindStringSubmatch(text); child != nil {
			r.mark(Section, child[2])
			text = child[1]
		}
	}
	r.text = []rune(text)
	for r.at < len(r.text) {
		r.next()
	}
	return r.name(cmp.Or(whole, folded))
}

// A reader goes through a name once.
type reader struct {
	gazetteer *Gazetteer
	text      []rune
	at        int
	begun     bool // something of the stem or a village was read: what follows is within the name
	flowing   bool // the last thing read was a word of the stem

	stem            strings.Builder
	generic         strings.Builder // what says nothing, for a name that says nothing else
	words           []Word
	towns, villages []string
	marks           [kinds][]string
	home, remarks   string
}

func (r *reader) name(whole string) *Name {
	n := &Name{Stem: r.stem.String(), Words: r.words, Towns: sorted(r.towns), Villages: sorted(r.villages), Home: r.home, Remarks: r.remarks}
	for k, marks := range r.marks {
		n.Marks[k] = strings.Join(sorted(marks), " ")
	}
	if n.Stem != "" || len(n.Towns)+len(n.Villages) > 0 {
		return n
	}
	if n.Stem = r.generic.String(); n.Stem != "" {
		n.Words = []Word{{n.Stem, Manner}}
	} else if n.Stem = whole; whole != "" {
		n.Words = []Word{{whole, Subject}}
	}
	return n
}

func sorted(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}

// next reads what stands where the reader is: the first reading that fits.
func (r *reader) next() {
	rest := r.text[r.at:]
	for _, read := range [...]func([]rune) int{
		r.sign, r.town, r.road, r.chainage, r.numbered, r.sided, r.village, r.word,
	} {
		said := r.stem.Len()
		if n := read(rest); n > 0 {
			r.at += n
			r.flowing = r.stem.Len() > said
			return
		}
	}
	r.say(string(rest[0]), string(rest[0]), Subject)
	r.at++
}

// say adds a word to the stem, as it is spelled, and as it usually is; what is the project's own is
// one word as long as no other comes between.
func (r *reader) say(spelled, usual string, sort Sort) {
	r.stem.WriteString(spelled)
	r.begun = true
	if last := len(r.words) - 1; sort == Subject && r.flowing && last >= 0 && r.words[last].Sort == Subject {
		r.words[last].Text += usual
	} else {
		r.words = append(r.words, Word{usual, sort})
	}
	r.flowing = true
}

func (r *reader) mark(k Kind, value string) { r.marks[k] = append(r.marks[k], value) }

// sign passes over brackets, quotes and other signs.
func (r *reader) sign(rest []rune) int {
	if !unicode.IsLetter(rest[0]) && !unicode.IsNumber(rest[0]) && rest[0] != '#' {
		return 1
	}
	return 0
}

// town reads a town by its full name anywhere; by its short name only where a name begins, or
// where it is the end of a road or a stretch, and is no river or road of that name.
func (r *reader) town(rest []rune) int {
	for _, t := range r.gazetteer.towns[rest[0]] {
		n := utf8.RuneCountInString(t.written)
		if !hasPrefix(rest, t.written) || t.short && !r.shortTown(rest[n:]) {
			continue
		}
		r.towns = append(r.towns, t.official)
		return n
	}
	return 0
}

var villageNext = regexp.MustCompile(`^\p{Han}{2,5}(村|社区)`)

func (r *reader) shortTown(after []rune) bool {
	switch {
	case len(after) == 0:
		return false
	case commonWords.begin(after), hasPrefix(after, "村级"), villageNext.MatchString(string(after[:min(len(after), 7)])):
		return !r.begun
	case strings.ContainsRune("河江湖沟路街桥村坝堰社水山渠库大小", after[0]):
		return false
	case after[0] == '段', after[0] == '至', r.at > 0 && strings.ContainsRune("至-", r.text[r.at-1]):
		return true
	}
	return !r.begun
}

var roadWords = map[string]string{"国道": "G", "省道": "S", "县道": "X", "乡道": "Y", "村道": "C"}

// roadNumber is a number by letter; those of counties, towns and villages have three digits at
// least, and C30 is concrete.
var roadNumber = regexp.MustCompile(`^([GS]\d+|[XYC]\d{3,})`)

// road reads S316, S316线, 省道316线, 316省道 and S316省道 as one road.
func (r *reader) road(rest []rune) int {
	letter, n := roadWord(rest, 0)
	number := roadNumber.FindString(string(rest[n:min(n+20, len(rest))]))
	switch digits := digitsOf(rest[n:]); {
	case number != "":
		n += len(number)
		if _, after := roadWord(rest, n); letter == "" {
			n = after
		}
	case letter != "" && digits > 0:
		number, n = letter+string(rest[n:n+digits]), n+digits
	case digits == 3:
		if letter, n = roadWord(rest, digits); letter == "" {
			return 0
		}
		number = letter + string(rest[:digits])
	default:
		return 0
	}
	if n < len(rest) && rest[n] == '线' {
		n++
	}
	r.mark(Road, number)
	return n
}

// roadWord reads 省道 where it stands: its letter, and where it ends.
func roadWord(text []rune, at int) (letter string, end int) {
	if at+2 <= len(text) {
		if letter = roadWords[string(text[at:at+2])]; letter != "" {
			return letter, at + 2
		}
	}
	return "", at
}

var chainage = regexp.MustCompile(`^K\d+(\+\d+)?(-+(K?\d+(\+\d+)?|\+\d+))?`)

func (r *reader) chainage(rest []rune) int {
	if rest[0] != 'K' {
		return 0
	}
	found := chainage.FindString(string(rest[:min(len(rest), 40)]))
	if found != "" {
		r.mark(Chain, found)
	}
	return len(found)
}

// numbered reads a number, or several (三、四组), with what it numbers or measures; 第一 stands
// without. A number that is neither says something of the subject.
func (r *reader) numbered(rest []rune) int {
	n, ordinal := 0, rest[0] == '第'
	if ordinal {
		n = 1
	}
	var values []string
	for ranged := false; ; {
		value, length := readNumeral(rest[n:])
		if length == 0 {
			value, length = letter(rest[n:])
		}
		if length == 0 {
			break
		}
		values, n = listed(values, value, ranged), n+length
		if n+1 == len(rest) || n == len(rest) || !strings.ContainsRune("、-,至", rest[n]) || !startsNumber(rest[n+1:]) {
			break
		}
		ranged = rest[n] == '-' || rest[n] == '至'
		n++
	}
	if len(values) == 0 {
		return 0
	}
	return r.measured(rest, n, values, ordinal)
}

// mostListed is how many numbers a range is written out to: 1-3号 is 1、2、3号.
const mostListed = 12

// listed adds a number to others; the last of a range with those between.
func listed(values []string, value string, ranged bool) []string {
	if !ranged {
		return append(values, value)
	}
	last := len(values) - 1
	from, err := strconv.Atoi(values[last])
	to, toErr := strconv.Atoi(value)
	if err != nil || toErr != nil || to <= from || to-from >= mostListed {
		values[last] += "-" + value
		return values
	}
	for from++; from <= to; from++ {
		values = append(values, strconv.Itoa(from))
	}
	return values
}

var lettered = regexp.MustCompile(`^[A-H甲乙丙丁戊](包|标|区|座|栋|幢|地块|段|线|#|号)`)

// letter is an ordinal by letter or by stem: A包, 甲标.
func letter(rest []rune) (string, int) {
	if lettered.MatchString(string(rest[:min(len(rest), 3)])) {
		return string(rest[0]), 1
	}
	return "", 0
}

func startsNumber(rest []rune) bool {
	_, n := readNumeral(rest)
	return n > 0
}

// measured reads what stands behind numbers of n characters.
func (r *reader) measured(rest []rune, n int, values []string, ordinal bool) int {
	after := rest[n:]
	if m, found := measureOf(after, values[0], ordinal || isDigit(rest[0])); found {
		n += utf8.RuneCountInString(m.word)
		if to, length := through(rest[n:], m); length > 0 {
			values, n = listed(values, to, true), n+length
		}
		for _, value := range values {
			r.mark(m.kind, value+m.unit)
		}
		return n
	}
	switch {
	case ordinal, len(after) > 0 && after[0] == ')' && r.at > 0 && r.text[r.at-1] == '(', len(after) == 0 && r.begun:
		for _, value := range values {
			r.mark(Number, value)
		}
	case n == 1 && numbersSchool(after):
		r.mark(Number, values[0])
		r.say(string(after[0]), schools[after[0]], Object)
		n++
	case n == 4 && r.at == 0 && len(values) == 1 && yearAlone.MatchString(values[0]):
		r.mark(Year, values[0])
	case isDigit(rest[0]):
		r.say(string(rest[:n]), strings.Join(values, ","), Subject)
	default:
		return 0
	}
	return n
}

// through reads the end of a range whose numbers each have their measure: of 5组至8组 the 8.
func through(text []rune, m measure) (to string, length int) {
	if len(text) < 2 || text[0] != '至' && text[0] != '-' {
		return "", 0
	}
	to, n := readNumeral(text[1:])
	if n == 0 || !hasPrefix(text[1+n:], m.word) {
		return "", 0
	}
	return to, 1 + n + utf8.RuneCountInString(m.word)
}

// yearAlone is a number that a name begins with and that is a year without 年: 2024农村公路养护.
var yearAlone = regexp.MustCompile(`^20[0-4]\d$`)

// measureOf is what a text begins with that a number may number or measure. What Chinese numerals
// seem to measure may be a name: 四方村, 九条沟.
func measureOf(after []rune, value string, certain bool) (measure, bool) {
	for _, m := range measures {
		if !hasPrefix(after, m.word) {
			continue
		}
		behind := after[utf8.RuneCountInString(m.word):]
		switch {
		case m.unless != "" && hasAnyPrefix(behind, m.unless):
		case m.kind == Size && !certain && m.word != "个" && len(behind) > 0 && strings.ContainsRune("村社山沟坝湾梁河岭", behind[0]):
		case m.kind == Year && (len(value) < 4 || value[0] == '0'):
		default:
			return m, true
		}
	}
	return measure{}, false
}

var schools = map[rune]string{'中': "中学", '小': "小学", '幼': "幼儿园"}

// numbersSchool reports whether a number before a text is that of a school: 一中, 二小.
func numbersSchool(after []rune) bool {
	return len(after) > 0 && schools[after[0]] != "" && (len(after) == 1 || !strings.ContainsRune("心型小段央药医线级式间水河", after[1]))
}

var (
	sides  = "东南西北中上下左右前后首末内外"
	ofSide = strings.Fields("片区 干渠 支渠 批 街 校区 院区 组团 半年 区 段 侧 岸 期 片 院 苑 站 厂 库 门 游 环")
	noSide = map[string]string{"区": "域 县 城 医", "期": "扶持 工作 费 管护", "院": "校 落 士 线", "门": "诊 窗 面 市 户", "游": "园 泳 客",
		"环": "境 保 卫 评", "厂": "房", "库": "房", "站": "点 台 房"}
	ofVillage = "村 社区"
)

// sided reads 东区, 左岸, 西南片区, 后期, 下半年; 城东 is a place of its own.
func (r *reader) sided(rest []rune) int {
	if rest[0] == '城' && len(rest) > 1 && strings.ContainsRune("东南西北", rest[1]) {
		r.villages = append(r.villages, string(rest[:2]))
		return 2
	}
	n := 0
	for n < 2 && n < len(rest) && strings.ContainsRune(sides, rest[n]) {
		n++
	}
	if n == 0 {
		return 0
	}
	for _, word := range ofSide {
		if !hasPrefix(rest[n:], word) {
			continue
		}
		if behind := rest[n+utf8.RuneCountInString(word):]; hasAnyPrefix(behind, noSide[word]) || hasAnyPrefix(behind, ofVillage) {
			continue
		}
		first := map[string]string{"首": "1"}
		switch value := string(rest[:n]); word {
		case "期":
			r.mark(Stage, cmp.Or(first[value], value))
		case "批":
			r.mark(Batch, cmp.Or(first[value], value))
		default:
			r.mark(Side, value+word)
		}
		return n + utf8.RuneCountInString(word)
	}
	return 0
}

// village reads the name of a village: two to five characters before 村 or 社区, at the beginning or
// behind a sign, a town, a number, or a village. Several may share one 村: 青龙、白云村.
func (r *reader) village(rest []rune) int {
	if !r.atPlace() || strings.ContainsRune("和与及至等", rest[0]) && !hasAnyPrefix(rest, properNames) {
		return 0
	}
	if n := sharingVillage(rest); n > 0 {
		r.villages = append(r.villages, string(rest[:n]))
		r.begun = true
		return n + 1
	}
	for n := 1; n <= 5 && n < len(rest); n++ {
		if !unicode.Is(unicode.Han, rest[n]) {
			return 0
		}
		ends := 0
		switch {
		case rest[n] == '村':
			ends = 1
		case hasPrefix(rest[n:], "社区"):
			ends = 2
		default:
			continue
		}
		name := string(rest[:n])
		if n < 2 || notVillages.MatchString(name) || hasPrefix(rest[n:], "村级") {
			return 0
		}
		r.villages = append(r.villages, name)
		r.begun = true
		if hasPrefix(rest[n+ends:], "村") && !hasPrefix(rest[n+ends:], "村级") && !hasPrefix(rest[n+ends:], "村组") {
			ends++
		}
		return n + ends
	}
	return 0
}

var villagesOfOne = regexp.MustCompile(`^(\p{Han}{2,3}、)+\p{Han}{2,3}村`)

// sharingVillage is how long the first of several names is that share one 村; 0 if there are none.
func sharingVillage(text []rune) int {
	n := slices.Index(text[:min(len(text), 4)], '、')
	if n < 2 || text[n-1] == '村' || commonWords.begin(text) || commonWords.begin(text[n+1:]) ||
		!villagesOfOne.MatchString(string(text[:min(len(text), 40)])) {
		return 0
	}
	return n
}

// atPlace reports whether a place may be named here.
func (r *reader) atPlace() bool {
	if r.at == 0 || !r.begun {
		return true
	}
	before := r.text[r.at-1]
	return strings.ContainsRune("镇道乡处区年、,(-和与及至", before) || isDigit(before)
}

// notVillages are words that stand before 村 and 社区 and name none.
var notVillages = regexp.MustCompile(`(农|乡|城中|示范|新农|通|移民新|移民|美丽|和美|传统|旅游|文化|行政|贫困|脱贫|重点|自然|数字|渔|度假|` +
	`生态|特色|试点|标准化|空心|薄弱|小康|文明|卫生|产业|民宿|中心|城市|智慧|完整|未来|绿色|搬迁|安置|养老|个|各|全|入|进|到|户|` +
	`改造|提升|道路|公路|治理)$|项目|工程|建设`)

// properNames begin with a word that says nothing, and are the project's own.
const properNames = "和平 和谐 和睦 和顺 和兴 及第 段家 等驾"

// word reads a common word, or passes over one that says nothing.
func (r *reader) word(rest []rune) int {
	w, n := commonWords.longest(rest)
	_, empty := genericWords.longest(rest)
	_, county := r.gazetteer.county.longest(rest)
	if empty = max(empty, county); empty > n && !hasAnyPrefix(rest, properNames) {
		passed := string(rest[:empty])
		r.generic.WriteString(passed)
		r.join(passed)
		return empty
	}
	if n > 0 {
		r.say(w.spelled, w.usual, w.sort)
	}
	return n
}

// join keeps what words that say nothing may still tell: where a firm is at home, and that a name speaks of
// two things.
func (r *reader) join(passed string) {
	switch {
	case strings.ContainsAny(passed, "及与和暨") && r.stem.Len() > 0:
		r.stem.WriteString("及")
	case !r.begun && (strings.HasPrefix(passed, "陕西") || strings.HasPrefix(passed, "汉中")):
		r.home = passed[:len("陕西")]
	}
}

func hasPrefix(text []rune, word string) bool {
	i := 0
	for _, w := range word {
		if i >= len(text) || text[i] != w {
			return false
		}
		i++
	}
	return true
}

func hasAnyPrefix(text []rune, words string) bool {
	return slices.ContainsFunc(strings.Fields(words), func(w string) bool { return hasPrefix(text, w) })
}
