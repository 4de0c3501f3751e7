package importer

import (
	"regexp"
	"strings"
	"unicode"

	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A caption is what the label of a row says that it is.
type caption uint8

const (
	noCaption        caption = iota
	sumCaption               // 合计, 小计: nothing else is called so
	looseCaption             // 汇总, 平均, 总额: names may end so
	partCaption              // 其中
	footCaption              // 制表, 以下空白, 数据来源
	continuedCaption         // 续表
)

var (
	total = regexp.MustCompile(`^(.{0,40}?)(合计|总计|小计|共计|累计|小结|总合|总和|求和|加总|合計|總計|小計)(?:数|值|额)?(?:[:(].*|\d.*|共\d.*)?$`)
	loose = regexp.MustCompile(`^(?:.{0,20}(?:汇总|总数|总额|总共|总量)数?|总|计|共|合|共?计?\d+(?:个|项|家|户|条|处)(?:项目|企业|问题|任务)?|` +
		`.{0,12}subtotal|.{0,12}total|sum)(?:[:(].*|\d.*)?$`)
	average = regexp.MustCompile(`^.{0,20}?(?:平均(?:值|数|水平|投资|每个?项目)?|均值|人均.{0,4}|占比|比重|比例|增幅|增速|增减(?:额|率|数)?|完成率|差额|目标值?|` +
		`(?:同比|环比|较上月|比上月|较上年|较去年).{0,6}|(?:上月|上年|去年|同期)(?:同期)?(?:数|累计|完成|合计)?)(?:\(.*)?$|^任务数?$|^(?:average|avg|mean)$`)
	ofWhich = regexp.MustCompile(`^\(?其中(?:[:(),、\d]|$)`)
	section = regexp.MustCompile(`^(?:第?[一二三四五六七八九十]+(?:部分|类)?[、.:]|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+(?:部分|类)|[一二三四五六七八九十]{1,3}$|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+[、.]?)`)
	note    = regexp.MustCompile(`^(?:注|备注|说明|填表说明|填报说明|编制说明|要求|附注)\d*[:.、(]`)
	ordinal = regexp.MustCompile(`^\d+(?:[.\-]\d+)*$`)
	counted = regexp.MustCompile(`(\d+)(?:个|项|家|户|条|处)`)

	// sumSigns are in every label of a sum or of a part of one.
	sumSigns = "计計结和总加其"

	continued = regexp.MustCompile(`^\(?(?:续表|续上表|接上表|接上页|承上页|承前页|续前表|续)[一二三四五六七八九十\d]*\)?:?$`)
	// A label of a field below a table, as staff write it before a colon.
	footLabel = regexp.MustCompile(`^(?:制表|填表|填报|填写|审核|审批|审定|复核|核对|校对|编制|报送|上报|经办|联系|主管|分管|主要|单位|部门|科室|法定|法人|负责|领导|` +
		`签字|签章|盖章|日期|时间|打印|数据|资料|来源|统计|截止|截至|附|抄送|抄报|电话|传真|邮箱|地址)[^:]{0,12}:`)
	footWords = regexp.MustCompile(`^\(?(?:以下空白|以下无正文|此页无正文|本页(?:完|以下空白|无正文)|空白|完|全表完|表完|结束|第\d+页.*|共\d+页.*|\d+/\d+页?|-\d+-|` +
		`(?:续|转|接|见)下页|数据来源.*|资料来源.*|统计口径.*|填[报表]说明|编制说明|说明|备注|附注|注|附件?\d*|盖章|公章|制表人?|审核人?|填[报表]人|负责人|end)\)?$`)

	// countAlone is how many rows a total is of.
	countAlone = regexp.MustCompile(`^(?:合计|小计|共|共计|计)?\d+(?:个|项|家|户|条|处)(?:项目|企业|问题|任务)?$`)
	// countAfter is the same behind a label.
	countAfter = regexp.MustCompile(`(?:\((?:共|计)?\d[^()]*\)|:?共?计?\d+(?:个|项|家|户|条|处)[^()]*|:)$`)
	// enumerated is the number in front of a label: 1.续建项目, A、省级.
	enumerated = regexp.MustCompile(`^\(?[A-H①-⑳一二三四五六七八九十\d]{1,2}[、.)]`)
)

// captionOf reads a label. What groups of rows are called, which depends on the form, is left
// to groups.
func captionOf(text string) caption {
	const longest = 150 // bytes
	if len(text) > longest {
		return noCaption
	}
	lower := strings.ToLower(text)
	switch {
	case total.MatchString(text):
		return sumCaption
	case ofWhich.MatchString(text):
		return partCaption
	case continued.MatchString(text):
		return continuedCaption
	case strings.Contains(text, ":") && footLabel.MatchString(text), footWords.MatchString(lower):
		return footCaption
	case loose.MatchString(lower), average.MatchString(lower):
		return looseCaption
	}
	return noCaption
}

// A group is what the rows below a label, or above it, have in common: a word of a column.
type group struct {
	column *form.Column
	word   string
}

// Words that labels of groups are made of, besides those of the form and of the county. A
// label made of such words alone (市级重点续建项目) is no project's name.
var groupWords = wordsAway(`重点项目 建设项目 各单位 各部门 各镇 镇街 乡镇 县直 市直 部门 项目 工程 部分 板块 领域 行业 方面 类别 一批
	国家级 省级 市级 县级 镇级 村级 省本级 市本级 县本级 本级 全县 全市 全省 其他 其它 省市 省 市 县 级 类 批 年 年度
	重点 重大 续建 新开工 新建 扩建 改建 在建 计划 拟 已 未 开工 复工 停工 缓建 竣工 完工 投产 建成 前期 谋划 储备 预备 正式 签约 落地 入库 入统 纳统 结转
	政府 社会 民间 国有 招商引资 投资 及 和 与 、 · - /`)

// wordsAway takes words off a text, the first that fits at each place.
func wordsAway(words string) *strings.Replacer {
	var pairs []string
	for _, word := range strings.Fields(words) {
		pairs = append(pairs, word, "")
	}
	return strings.NewReplacer(pairs...)
}

var serialGroup = regexp.MustCompile(`第[一二三四五六七八九十\d]+(?:批次|批|类|组|期|季度|部分|片区|梯队|档)|[A-Z甲乙丙丁ⅠⅡⅢ一二三四五](?:类|级|组|档|批)|(?:19|20)\d\d年度?`)

// groups reports a label that names a group of rows and nothing else: an office, a class of
// the form, 第一批, A类, 市级重点项目（2个）.
func (r *reader) groups(text string) bool {
	const longest = 90 // bytes
	if len(text) > longest || text == "" {
		return false
	}
	if r.groupOf(text).column != nil {
		return true
	}
	text = enumerated.ReplaceAllString(text, "")
	stem := countAfter.ReplaceAllString(text, "")
	if stem == "" {
		return false
	}
	if stem == r.in.County.Name || stem == strings.TrimSuffix(r.in.County.Name, "县") {
		return true
	}
	if _, ok := r.in.County.Unit(stem); ok {
		return true
	}
	for _, word := range []string{stem, strings.TrimSuffix(stem, "类"), strings.TrimSuffix(stem, "类项目"), strings.TrimSuffix(stem, "项目")} {
		if _, ok := r.in.County.Field(word); ok {
			return true
		}
	}
	stem = groupWords.Replace(serialGroup.ReplaceAllString(stem, ""))
	return stem == "" || len(text) <= longest/3 && strings.HasSuffix(text, "类")
}

// groupOf finds the column whose word a label is, with or without what staff add to it.
func (r *reader) groupOf(text string) group {
	if r.words == nil {
		r.words = wordsOf(r.head)
	}
	stem := countAfter.ReplaceAllString(text, "")
	for _, ending := range []string{"", "小计", "合计", "重点项目", "项目", "类", "类项目"} {
		if said, ok := strings.CutSuffix(stem, ending); ok {
			if of, ok := r.words[said]; ok {
				return of
			}
		}
	}
	return group{}
}

// wordsOf are the words of the columns of a table, and what staff write instead of them.
func wordsOf(head *header) map[string]group {
	words := map[string]group{}
	for i, c := range head.form.Columns {
		if head.bound[i].at == 0 {
			continue
		}
		for _, word := range c.Words {
			for _, name := range append([]string{word.Name}, word.Aliases...) {
				if name = ledger.Fold(name); words[name].column == nil {
					words[name] = group{c, word.Name}
				}
			}
		}
	}
	return words
}

// Examples: the row says that it is one.
var (
	exampleWords = regexp.MustCompile(`^\(?(?:(?:示例|例)(?:[一二三\d]|项目|行)*|样例行?|例子|例如|举例|样表|样本|范例|参考样例|` +
		`(?:填写|填报|填表)(?:示例|样例|范例|样表|举例)|example|sample)(?:\(.*|:.*|\).*)?$`)
	exampleTail = regexp.MustCompile(`\((?:示例|例|样例|例子|样表|范例|(?:填写|填报)(?:示例|样例|范例)|example)\)$`)
)

func exampleNumber(cell sheet.Cell) bool {
	return cell.Kind == sheet.Text && exampleWords.MatchString(strings.ToLower(ledger.Fold(cell.Raw)))
}

func exampleName(name string) bool {
	if !strings.ContainsAny(name, "例样范eE") {
		return false
	}
	lower := strings.ToLower(name)
	return exampleWords.MatchString(lower) || exampleTail.MatchString(lower)
}

// placeholder reports a name that leaves out what a real one says: XX镇XX项目, ×××, 某某路.
func placeholder(name string) bool {
	const signs = "Xx×✕╳*○〇◯某_"
	if strings.HasPrefix(name, "某") {
		return true
	}
	if !strings.ContainsAny(name, signs) {
		return false
	}
	runes := []rune(name)
	for i := 1; i < len(runes); i++ {
		if runes[i] != runes[i-1] || !strings.ContainsRune(signs, runes[i]) {
			continue
		}
		from, to := i-1, i+1
		for to < len(runes) && runes[to] == runes[i] {
			to++
		}
		lettered := func(at int) bool {
			return at >= 0 && at < len(runes) && runes[at] < unicode.MaxASCII && unicode.IsLetter(runes[at])
		}
		if !lettered(from-1) && !lettered(to) {
			return true
		}
	}
	return false
}
