package consolidate

import (
	"cmp"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A right is what is right of two rows.
type right int

const (
	oneProject   right = iota // one project: brought together or asked about
	partOfOne                 // one reports a part of what the other reports: asked about
	twoProjects               // neither
	twoOfOneCode              // two projects that bear one code: asked about
)

// one reports whether the two rows are to be counted once.
func (r right) one() bool { return r <= partOfOne }

// A teller changes what two equal rows say, so that they are what its kind is; it reports false,
// and is asked again with another project, where that cannot be said of this one.
type teller func(p *planting, a, b *plantedRow) bool

// A planted kind is a way in which offices tell of one project, or of two that are alike.
type plantedKind struct {
	name  string
	right right
	tell  teller // nil: by the words of the kind
	total bool   // the amounts are the kind's own
}

var (
	//go:embed testdata/words.txt
	wordsText    string
	plantedWords = wordsOf(wordsText)

	// Characters, and what is typed for them.
	homophones = strings.Fields("设社 程成 建健 治冶 园圆 安按 硬应 灌罐 修休 复付 村材 供共 堤提 房防 楼搂 桥侨 库裤 改该 造照 道到 加佳 工公 集隼 处外 基机 养样 标彪 准淮 站占 " +
		"沟构 产厂 料科 学字 院完 污汗 卫位 茶荼 柑甘 服报 游由 旅族 扩旷 环坏 境镜 管菅 网纲 热势 流留 防访")
	phaseForms    = [][]string{strings.Fields("一期 Ⅰ期 I期 1期 第一期 首期"), strings.Fields("二期 Ⅱ期 II期 2期 第二期 贰期"), strings.Fields("三期 Ⅲ期 III期 3期 第三期 叁期")}
	chineseDigits = []rune("〇一二三四五六七八九")
	manyOf        = regexp.MustCompile(`(\d+(?:\.\d)?)万|(\d{4,})吨`)
	outputOf      = regexp.MustCompile(`年(?:产|处理|屠宰|拆解)(\d+)[^.\d]`)
)

var plantedKinds = []*plantedKind{
	{name: "县名前缀有无", tell: prefixed},
	{name: "项目、工程、建设互换或省略", tell: endedOtherwise},
	{name: "全角、空格", tell: widened},
	{name: "加引号", tell: quotedSomewhere},
	{name: "期别写法", tell: phasedOtherwise},
	{name: "编号写法（4#、4号）"},
	{name: "数量写法（8万吨、80000吨）", tell: countedOtherwise},
	{name: "年份挪位或漏写", tell: yearMoved},
	{name: "漏写期别"},
	{name: "错别字", tell: mistyped},
	{name: "漏字、重字、倒字", tell: slipped},
	{name: "同义词"},
	{name: "简称"},
	{name: "语序颠倒"},
	{name: "加及配套（附属）设施"},
	{name: "加注（专项债、续建等）"},
	{name: "加注总投资", tell: pricedInName},
	{name: "省略企业组织形式", tell: firmShortened},
	{name: "省略企业地名", tell: firmHomeless},
	{name: "漏镇字、村字", tell: stemOnly},
	{name: "镇名有无", tell: townLeftOut},
	{name: "路线写法（S224线、省道224线）", tell: roadOtherwise},
	{name: "批次、组别数字写法"},
	{name: "中间加词"},
	{name: "代码抄错一位", tell: codeMiscopied},
	{name: "代码两位颠倒", tell: codeTurned},
	{name: "同代码，名称缩略", tell: abridgedWithCode},
	{name: "同代码，名称全异", tell: renamedWithCode},
	{name: "单位写法不同", tell: ownedOtherwise},
	{name: "总投资略有出入（5%）", tell: pricedOtherwise, total: true},
	{name: "总投资差十倍", tell: unitSlipped, total: true},
	{name: "两处改动", tell: twice},
	{name: "整体与其标段", right: partOfOne, tell: section, total: true},
	{name: "打包项目与漏填所属的子项目", right: partOfOne, tell: childOfPackage, total: true},

	{name: "产能不同", right: twoProjects, tell: otherOutput, total: true},
	{name: "期别不同", right: twoProjects},
	{name: "标段不同", right: twoProjects},
	{name: "桩号不同", right: twoProjects, tell: func(p *planting, _, b *plantedRow) bool { return p.otherStretch(b) }},
	{name: "编号不同（1#、2#）", right: twoProjects},
	{name: "方位、时段不同", right: twoProjects},
	{name: "第一、第二", right: twoProjects},
	{name: "相邻工程", right: twoProjects, tell: neighbours},
	{name: "路线不同", right: twoProjects, tell: func(p *planting, _, b *plantedRow) bool { return p.otherRoad(b) }},
	{name: "企业名近似", right: twoProjects, tell: otherFirmAlike},
	{name: "同镇另一村", right: twoProjects, tell: func(p *planting, _, b *plantedRow) bool { return p.otherVillage(b) }},
	{name: "另一镇同类项目", right: twoProjects, tell: func(p *planting, _, b *plantedRow) bool { return p.otherTown(b) }},
	{name: "年度不同", right: twoProjects, tell: otherYear},
	{name: "批次不同", right: twoProjects},
	{name: "同名同主管，地点、金额不同", right: twoProjects, tell: nameless, total: true},
	{name: "同名异地，代码不同", right: twoProjects, tell: namelessWithCodes},
	{name: "同单位同金额，工程不同", right: twoProjects, tell: otherWorks, total: true},
	{name: "同镇同类，对象不同", right: twoProjects},
	{name: "同企业，产品不同", right: twoProjects, tell: otherProduct},
	{name: "门诊楼、住院楼", right: twoProjects},
	{name: "同代码，期别、编号不同", right: twoOfOneCode, tell: codeOfStages},
}

// wordsOf are the lines of a text by their kind.
func wordsOf(text string) map[string][][]string {
	all := map[string][][]string{}
	for line := range strings.Lines(text) {
		if words := strings.Fields(line); len(words) > 0 && words[0] != "#" {
			all[words[0]] = append(all[words[0]], words[1:])
		}
	}
	return all
}

// worded makes a teller of the words of a kind.
func worded(kind string) teller {
	lines := plantedWords[kind]
	return func(p *planting, a, b *plantedRow) bool {
		words := pick(p, lines)
		if condition, found := strings.CutPrefix(words[0], "若"); found {
			has := func(word string) bool { return strings.Contains(a.name, word) }
			return slices.ContainsFunc(strings.Split(condition, "、"), has) && changed(p, pick(p, words[1:]), a, b)
		}
		return changed(p, pick(p, words), a, b)
	}
}

// changed makes one change of words, and reports whether the names allow it.
func changed(p *planting, change string, a, b *plantedRow) bool {
	words := strings.Split(strings.ReplaceAll(change, "N", fmt.Sprint(1+p.below(8))), "/")
	found, one, other := words[0], "", words[len(words)-1]
	if len(words) == 3 {
		one = words[1]
	}
	switch found {
	case "":
		if strings.ContainsAny(a.name, "（ⅠⅡA") {
			return false
		}
		a.name, b.name = a.name+one, b.name+other
		return true
	case "<":
		return (one == "" || inserted(&a.name, one)) && inserted(&b.name, other)
	}
	if !strings.Contains(a.name, found) || strings.Contains(a.name, other) || strings.Contains(a.name, "#"+found) {
		return false
	}
	a.name, b.name = strings.Replace(a.name, found, cmp.Or(one, found), 1), strings.Replace(b.name, found, other, 1)
	return true
}

// inserted puts a word before the 项目 or 工程 of a name that has one and none such word yet.
func inserted(name *string, word string) bool {
	at := lastWord.FindStringIndex(*name)
	if at[0] == len(*name) || strings.ContainsAny(*name, "期及#") {
		return false
	}
	*name = (*name)[:at[0]] + word + (*name)[at[0]:]
	return true
}

// bare is a name without the county before it.
func bare(name string) string { return strings.TrimPrefix(name, "城固县") }

func prefixed(p *planting, a, b *plantedRow) bool {
	a.name, b.name = pick(p, []string{"城固县", "城固县", "陕西省汉中市城固县", "汉中市城固县", "陕西省城固县"})+bare(a.name), bare(b.name)
	return a.firm == ""
}

func endedOtherwise(p *planting, a, b *plantedRow) bool {
	stem := lastWord.ReplaceAllString(a.name, "")
	a.name, b.name = stem+pick(p, []string{"建设项目", "项目"}), stem+pick(p, []string{"", "工程", "建设", "建设工程", "工程项目"})
	return true
}

func widened(p *planting, a, b *plantedRow) bool {
	wide := strings.Map(func(r rune) rune {
		if r > ' ' && r <= '~' {
			return r + 0xFEE0
		}
		return r
	}, b.name)
	if wide == b.name || p.below(3) == 0 {
		runes := []rune(b.name)
		wide = string(slices.Insert(runes, 1+p.below(len(runes)-1), pick(p, []rune(" 　"))))
	}
	b.name = wide
	return true
}

func quotedSomewhere(p *planting, a, b *plantedRow) bool {
	quotes := []rune(pick(p, []string{"“”", "「」", "《》", "＂＂", `""`}))
	runes := []rune(b.name)
	from := 2 + p.below(len(runes)-6)
	runes = slices.Insert(runes, min(len(runes), from+2+p.below(5)), quotes[1])
	b.name = string(slices.Insert(runes, from, quotes[0]))
	return true
}

// phase writes which phase a project is: after the name, in brackets of a kind, or within it.
func phase(p *planting, name, form string) string {
	if p.below(3) == 0 && inserted(&name, form) {
		return name
	}
	return name + fmt.Sprintf(pick(p, []string{"（%s）", "%s", "【%s】", "-%s", "(%s)"}), form)
}

func phasedOtherwise(p *planting, a, b *plantedRow) bool {
	if strings.Contains(a.name, "期") {
		return false
	}
	forms := pick(p, phaseForms)
	a.name, b.name = phase(p, a.name, forms[0]), phase(p, b.name, pick(p, forms[:5+p.below(2)]))
	return a.name != b.name
}

func countedOtherwise(p *planting, a, b *plantedRow) bool {
	found := manyOf.FindStringSubmatch(a.name)
	if found == nil {
		return false
	}
	many, _ := strconv.ParseFloat(found[1]+found[2], 64)
	forms := []string{fmt.Sprintf("%.0f", many*10000)}
	switch {
	case found[2] != "":
		forms = []string{fmt.Sprintf("%g万吨", many/10000)}
	case many < 10 && many == float64(int(many)):
		forms = append(forms, fmt.Sprintf("%.1f万", many), string(chineseDigits[int(many)])+"万")
	case many == float64(int(many)):
		forms = append(forms, fmt.Sprintf("%.1f万", many))
	}
	b.name = strings.Replace(b.name, found[0], pick(p, forms), 1)
	return true
}

func yearMoved(p *planting, a, b *plantedRow) bool {
	year, without := yearName.FindString(a.name), yearName.ReplaceAllString(bare(a.name), "")
	if year == "" {
		year = pick(p, []string{"2023年", "2024年", "2025年"})
	}
	within := without
	inserted(&within, year)
	a.name = year + without
	b.name = pick(p, []string{without, without + "（" + year + "）", within, strings.Replace(without, a.town, a.town+year, 1)})
	return a.firm == "" && !strings.HasPrefix(b.name, year)
}

// mistyped has a character that sounds or looks alike.
func mistyped(p *planting, a, b *plantedRow) bool {
	wrong := []rune(pick(p, homophones))
	at := strings.LastIndex(b.name, string(wrong[0]))
	if at < len("城固") {
		return false
	}
	b.name = b.name[:at] + string(wrong[1]) + b.name[at+len(string(wrong[0])):]
	return true
}

func slipped(p *planting, a, b *plantedRow) bool {
	runes := []rune(b.name)
	at := 3 + p.below(len(runes)-5)
	if runes[at] < 0x4e00 || runes[at+1] < 0x4e00 || runes[at] == runes[at+1] {
		return false
	}
	switch p.below(3) {
	case 0:
		runes = slices.Delete(runes, at, at+1)
	case 1:
		runes = slices.Insert(runes, at, runes[at])
	default:
		runes[at], runes[at+1] = runes[at+1], runes[at]
	}
	b.name = string(runes)
	return true
}

func pricedInName(p *planting, a, b *plantedRow) bool {
	form := pick(p, []string{"（总投资%s）", "，总投资%s", "（%s）"})
	if a.total >= 10000 {
		b.name += fmt.Sprintf(form, fmt.Sprintf("%.2f亿元", float64(a.total)/10000))
		return a.total%100 == 0
	}
	b.name += fmt.Sprintf(form, fmt.Sprintf("%d万元", a.total))
	return true
}

func firmShortened(p *planting, a, b *plantedRow) bool {
	if a.firm == "" {
		return false
	}
	b.name = strings.Replace(a.name, a.owner, a.firm, 1)
	a.name = strings.Replace(b.name, a.firm, a.owner, 1)
	return true
}

func firmHomeless(p *planting, a, b *plantedRow) bool {
	for _, region := range regions {
		if rest, found := strings.CutPrefix(b.firm, region); found {
			b.name = strings.Replace(b.name, b.firm, rest, 1)
			return true
		}
	}
	return false
}

func stemOnly(p *planting, a, b *plantedRow) bool {
	if a.village != "" && p.below(2) == 0 {
		b.name = strings.Replace(b.name, a.village+"村", a.village, 1)
	} else if a.town != "" {
		b.name = strings.Replace(b.name, a.town, stemOf(a.town), 1)
	}
	return a.name != b.name
}

func townLeftOut(p *planting, a, b *plantedRow) bool {
	b.name = strings.Replace(b.name, a.town, "", 1)
	return a.town != ""
}

func roadOtherwise(p *planting, a, b *plantedRow) bool {
	road := roadName.FindString(a.name)
	if road == "" {
		return false
	}
	rank, number := map[byte]string{'S': "省道", 'G': "国道", 'X': "县道"}[road[0]], road[1:4]
	b.name = strings.Replace(b.name, road, pick(p, []string{rank + number + "线", number + rank, rank + road, road[:4], rank + road[:4]}), 1)
	return true
}

// codeMiscopied has a code of which one digit is wrong, and a name that ends otherwise.
func codeMiscopied(p *planting, a, b *plantedRow) bool {
	code := []byte(p.newCode())
	a.code = string(code)
	at := len(code) - 2 - p.below(4)
	code[at] = '0' + (code[at]-'0'+byte(1+p.below(8)))%10
	b.code = string(code)
	return endedOtherwise(p, a, b)
}

func codeTurned(p *planting, a, b *plantedRow) bool {
	code := []byte(p.newCode())
	a.code = string(code)
	at := len(code) - 3 - p.below(3)
	code[at], code[at+1] = code[at+1], code[at]
	b.code = string(code)
	return a.code != b.code && endedOtherwise(p, a, b)
}

func abridgedWithCode(p *planting, a, b *plantedRow) bool {
	short := lastWord.ReplaceAllString(strings.Replace(bare(b.name), a.town, "", 1), "")
	for _, word := range []string{"综合", "标准化", "巩固提升", "改造提升", "及配套设施", "基础设施", "生产线", "农村", "中心", "有限公司"} {
		short = strings.Replace(short, word, "", 1)
	}
	a.code = p.newCode()
	b.code, b.name = a.code, short
	return len(short)+12 < len(a.name) && len(short) > 18
}

func renamedWithCode(p *planting, a, b *plantedRow) bool {
	a.code = p.newCode()
	subject := a.town + a.firm
	if subject == "" {
		subject = "城固县"
	}
	b.code = a.code
	b.name = subject + pick(p, []string{"补短板强弱项工程", "重点民生实事项目", "固定资产投资项目", "城乡融合发展示范项目", "灾后恢复重建专项", "重点产业链延链补链项目"})
	return true
}

// ownerOtherwise is another way to write an owner.
func (p *planting) ownerOtherwise(owner string) string {
	for _, change := range slices.Concat(plantedWords["单位写法不同"]...) {
		long, short, _ := strings.Cut(change, "/")
		if strings.Contains(owner, long) && p.below(3) > 0 {
			return strings.Replace(owner, long, short, 1)
		}
	}
	if strings.HasSuffix(owner, "公司") {
		return strings.TrimSuffix(owner, "有限公司")
	}
	if rest := bare(owner); rest != owner {
		return pick(p, []string{rest, "县" + rest})
	}
	return "城固县" + owner
}

func ownedOtherwise(p *planting, a, b *plantedRow) bool {
	b.owner = p.ownerOtherwise(b.owner)
	return a.owner != b.owner
}

func pricedOtherwise(p *planting, a, b *plantedRow) bool {
	b.total += max(3, b.total*(2+p.below(4))/100)
	return true
}

func unitSlipped(p *planting, a, b *plantedRow) bool {
	b.total *= 10
	return true
}

// twice has two changes, each of one row only.
func twice(p *planting, a, b *plantedRow) bool {
	first := []teller{worded("加及配套（附属）设施"), worded("加注（专项债、续建等）"), worded("同义词"), mistyped, widened, stemOnly, firmHomeless}
	for range 2 {
		before, as := *b, p.below(len(first))
		plain := before
		if !first[as](p, &plain, b) || plain.name != before.name {
			return false
		}
		first = slices.Delete(first, as, as+1)
	}
	return true
}

func section(p *planting, a, b *plantedRow) bool {
	b.name += pick(p, []string{"Ⅰ标段", "（二标段）", "施工一标段", "（A包）", "第一合同段"})
	b.total = max(30, a.total*3/10)
	return !strings.Contains(a.name, "期")
}

func childOfPackage(p *planting, a, b *plantedRow) bool {
	b.name += pick(p, []string{"（土建部分）", "（设备采购子项目）", "——附属用房子项", "（室外工程部分）", "—配套工程子项"})
	a.whole, b.total = "是", max(30, a.total*3/10)
	return true
}

// otherOutput is a works of tenfold output, and of another amount.
func otherOutput(p *planting, a, b *plantedRow) bool {
	found := outputOf.FindStringSubmatchIndex(b.name)
	if found == nil {
		return false
	}
	b.name = b.name[:found[3]] + "0" + b.name[found[3]:]
	b.total = a.total * (4 + p.below(4))
	return true
}

func neighbours(p *planting, a, b *plantedRow) bool {
	return !strings.Contains(a.name, "及") && worded("相邻工程")(p, a, b)
}

// otherFirmAlike is a firm whose brand differs by one character, with works of the same name.
func otherFirmAlike(p *planting, a, b *plantedRow) bool {
	brand := []rune(brandOf(b.firm))
	if len(brand) != 2 {
		return false
	}
	brand[1] = pick(p, promises)
	p.rename(b, string(brand))
	return a.firm != b.firm
}

func otherYear(p *planting, a, b *plantedRow) bool {
	name := yearName.ReplaceAllString(bare(a.name), "")
	year := 2021 + p.below(4)
	a.name, b.name = fmt.Sprintf("%d年%s", year, name), fmt.Sprintf("%d年%s", year+1, name)
	return a.firm == ""
}

// nameless are works of two towns that are called alike, the town only in the place.
func nameless(p *planting, a, b *plantedRow) bool {
	if a.line.owner != "局" || a.village != "" || !p.otherTown(b) {
		return false
	}
	a.name, b.name = withoutPlace(a), withoutPlace(b)
	b.total = p.sum(b)
	return len(a.name) > 18 && a.name == b.name && differByMore(a.total, b.total)
}

func differByMore(a, b int) bool { return max(a, b)*4 > min(a, b)*5 }

func withoutPlace(r *plantedRow) string { return strings.Replace(bare(r.name), r.town, "", 1) }

func namelessWithCodes(p *planting, a, b *plantedRow) bool {
	a.code, b.code = p.newCode(), p.newCode()
	if a.village != "" || !p.otherTown(b) {
		return false
	}
	a.name, b.name = withoutPlace(a), withoutPlace(b)
	return len(a.name) > 18 && a.name == b.name
}

// otherWorks are works of another kind in the same town, of the same owner and amount.
func otherWorks(p *planting, a, b *plantedRow) bool {
	line := pick(p, plantedLines)
	if line.kind == a.line.kind || line.firm != "" || line.owner != a.line.owner || line.owner == "局" && line.office != a.line.office {
		return false
	}
	o := p.project(line)
	o.office, o.department, o.owner, o.total = b.office, b.department, a.owner, a.total
	*b = *o
	return (a.place == b.place || a.town == b.town) && !alike(line.name, a.line.name)
}

// alike reports whether two names have three characters in a row in common, their endings apart.
func alike(name, other string) bool {
	runes := []rune(lastWord.ReplaceAllString(name, ""))
	for i := range max(0, len(runes)-2) {
		if strings.Contains(other, string(runes[i:i+3])) {
			return true
		}
	}
	return false
}

// otherProduct is another works of the same firm.
func otherProduct(p *planting, a, b *plantedRow) bool {
	line := pick(p, plantedLines)
	if a.firm == "" || line == a.line || line.kind != a.line.kind {
		return false
	}
	b.name = a.firm + strings.TrimPrefix(line.name, line.firm)
	return true
}

func codeOfStages(p *planting, a, b *plantedRow) bool {
	a.code = p.newCode()
	b.code = a.code
	return worded("同代码，期别、编号不同")(p, a, b)
}
