package consistency

import (
	"cmp"
	"regexp"
	"strings"
)

// A phrase is a way in which running text tells a fact. Each group of the pattern gives the
// number of the measure of its place; the group named of, if any, is what it is of.
type phrase struct {
	pattern  *regexp.Regexp
	subject  string
	measures []string
	group    string // before what the group of names
	month    string
	sentence *regexp.Regexp // the only one to look in, if not nil
	items    bool           // counts items of what is told elsewhere by a word of its own
}

const (
	amount = `([+-]?[\d,]+(?:\.\d+)?)`
	who    = `(?:^|[：；、。，])(?:部门中|镇街中|园区中|企业中)?` // before a unit that a sentence names
	each   = `[：、](?P<of>[^：、（。]+?)`             // an item of a list
)

func said(pattern, subject string, measures ...string) phrase {
	return phrase{pattern: regexp.MustCompile(strings.ReplaceAll(pattern, "#", amount)), subject: subject, measures: measures}
}

func (p phrase) of(group string) phrase { p.group = group; return p }
func (p phrase) in(month string) phrase { p.month = month; return p }

// within looks only in what the pattern matches: for the items of a list, which are told in short.
func (p phrase) within(pattern string) phrase { p.sentence = regexp.MustCompile(pattern); return p }

// phrases are what bulletins, overviews and covers say. The unit stands in the pattern.
var phrases = []phrase{
	said(`谋划储备项目 ?#个`, "储备", "项目数"),
	said(`谋划储备项目[^。]*总投资#亿元`, "储备", "总投资"),
	said(`(?P<of>谋划|储备|开工|投产)(?:项目)?#个、#亿元`, "储备", "项目数", "总投资").of("批次"),
	said(`批次(?P<of>未填报)的#个、#亿元`, "储备", "项目数", "总投资").of("批次"),
	said(`(?:其中|、|：)(?P<of>谋划|储备|开工|投产)#个`, "储备", "项目数").of("批次"),
	said(`谋划储备项目[^。]*较上月(?:公布数)?增加#个`, "储备", "项目数").in("较上月"),
	said(`谋划储备项目[^。]*增加#亿元`, "储备", "总投资").in("较上月"),
	said(`较上月项目数增加#个`, "储备", "项目数").in("较上月"),
	said(`(?:^|全县|全县重点项目|重点项目 )#个(?:重点项目|，其中省级|（省级)`, "重点", "项目数"),
	said(`(?P<of>省级|市级) ?#个`, "重点", "项目数").of("组别"),
	said(`^总投资#亿元$`, "重点", "总投资"),
	said(`^储备总投资#亿元$`, "储备", "总投资"),
	said(`累计完成投资#亿元，占年度计划#亿元的#%`, "重点", "累计完成投资", "年度计划投资", "占年度计划"),
	said(`\d月完成投资#亿元[。（]`, "重点", "本月完成投资"),
	said(`（#个项目未填报本月数）`, "重点", "未填报本月数"),
	said(`共#个项目$`, "重点", "有问题的项目"),
	said(`其中\d+月完成(?:投资)?#亿元`, "重点", "本月完成投资"),
	said(`已开工#个`, "重点", "已开工"),
	said(`(?P<of>全县|省级|市级)重点项目1—\d+月完成投资较上月公布数增加#万元`, "重点", "累计完成投资").of("组别").in("较上月"),
	said(`(?P<of>全县|省级|市级)重点项目[^。]*比\d+月完成的#万元多#万元`, "重点", "本月完成投资", "补报更正").of("组别"),
	said(`(?P<of>全县|省级|市级)重点项目[^。]*比\d+月完成的#万元少#万元`, "重点", "本月完成投资", "少报").of("组别"),
	said(`(?P<of>全县|省级|市级)重点项目[^。]*未填报本月数的项目（#个）`, "重点", "未填报本月数").of("组别"),
	said(`补报、更正＝[^。]*未填报本月数的项目（#个）`, "重点", "未填报本月数"),
	said(`开工率#%`, "重点", "开工率"),
	said(`(?:滞后项目)?红灯#个`, "重点", "红灯"),
	said(`黄灯#个`, "重点", "黄灯"),
	said(`绿灯#个`, "重点", "绿灯"),
	said(`的[\d.]+%，低于时序进度#个百分点`, "重点", "落后时序"),
	said(who+`(?P<of>[^、（）：；。，]+)（低于时序进度#个百分点）`, "重点", "落后时序").of("单位"),
	said(`[：；、](?P<of>[^、（）：；。，]+)（[^（）、；]+，低于时序进度#个百分点）`, "重点", "落后时序").of("项目"),
	said(who+`(?P<of>[^、（）：；。，]+)（高于时序进度#个百分点）`, "重点", "与时序差").of("单位"),
	said(`低于时序进度超过#个百分点的重点项目#个`, "重点", "落后界限", "进度滞后"),
	said(`已到计划开工时间而未开工的重点项目#个`, "重点", "未按计划开工"),
	said(`应入统而未入统的重点项目#个`, "入统", "项目数").of("核对结果=仅发改，应入未入"),
	said(`滞后最多的项目（共#个，列前#个`, "重点", "红黄灯", "所列滞后项目"),
	said(`^占年度计划#%`, "重点", "占年度计划"),
	said(`时序进度[\d.]+%，相差-#个百分点`, "重点", "落后时序"),
	said(`较上月公布数提高#个百分点`, "重点", "占年度计划").in("较上月"),
	said(`时序进度#%`, "重点", "应达进度"),
	said(`全部项目数#个`, "重点", "项目数"),
	said(`不评#个`, "重点", "无"),
	said(`占总投资#%`, "储备", "资金落实率"),
	said(`B级#个，C级#个`, "储备", "B级", "C级"),
	said(`上月公布月末未结#个，本月结转#个`, "堵点", "上月公布未结", "上月结转"),
	said(`固定资产投资同比增长#%`, "入统", "增速"),
	said(`入统项目#个，入统投资#亿元`, "入统", "入统项目数", "入统投资"),
	said(`#名县级领导`, "履职", "领导人数"),
	said(`深入现场#次`, "履职", "深入现场"),
	said(`现场办公会、调度会#次`, "履职", "现场办公调度会"),
	said(`发现问题#个`, "履职", "问题/发现"),
	said(`解决问题#个`, "履职", "问题/解决"),
	said(`召开周调度、专题调度会#次`, "督办", "调度会"),
	said(`印发工作通报、任务交办单#份`, "督办", "通报交办单"),
	said(`上月结转#个，本月新增#个，销号#个，月末未结#个，其中逾期#个，销号率#%`,
		"堵点", "上月结转", "本月新增", "本月销号", "月末未结", "逾期", "销号率"),
	said(`#个要素保障单位`, "堵点", "要素保障单位数"),
	said(`招商活动#次，对接企业#家，意向投资#亿元`, "招商", "招商活动", "对接企业", "意向投资额"),
	said(`新签约项目#个，合同总投资#亿元，到位资金#亿元`, "签约", "项目数", "合同总投资", "到位资金"),
	said(`(?P<of>高质量项目推进年行动方案|营商环境突破年行动方案)#个(?:方面|聚焦)#项(?:任务|举措)，已完成#项，滞后#项`,
		"任务", "方面数", "清单任务", "已完成", "滞后").of("方案"),
	said(`(?P<of>高质量项目推进年行动方案|营商环境突破年行动方案)报送#个(?:方面|聚焦)#项(?:任务|举措)(?:（[^（）]*）)?，已完成#项，滞后#项`,
		"任务", "方面数", "已报任务/合计", "已完成", "滞后").of("方案"),
	said(`(?P<of>高质量项目推进年行动方案|营商环境突破年行动方案)报送[^。（]*（清单内#项、清单外#项）`, "任务", "已报任务/清单内", "已报任务/清单外").of("方案"),
	said(`网办率(?P<of>（按事项）|（按办件）)#%`, "营商", "网办率").of(""),
	said(`办理时限压缩#%`, "营商", "办理时限压缩率"),
	said(`“一件事”#件`, "营商", "件数"),
	said(`材料精简#%`, "营商", "材料精简率"),
	said(`全程网办#项，非接触办#项`, "营商", "全程网办", "非接触办"),
	said(`12345热线受理工单#[个件]，逾期#[个件]，限时办结率#%`, "营商", "12345受理", "12345逾期", "限时办结率"),
	said(`参评企业（园区）#家，用地#亩，主营业务收入#亿元，税收#亿元`, "亩均", "企业数", "用地面积", "主营业务收入", "税收"),
	said(`应报(?:报表)? ?#[ 份]*，收到 ?#[ 份]*，报送率 ?#%，按时报送率 ?#%`, "报送", "应报", "收到", "报送率", "按时报送率"),
	said(`待判定 ?#对、数据冲突待定 ?#处`, "核对", "待判定", "冲突待定").of("册"),
	said(`附交办单#份`, "交办", "单位数"),
	said(`有#份应报报表未收到或退回后未重报`, "报送", "未报退回"),
	said(who+`(?P<of>[^、（）：；。，]+)（#分）`, "月评比", "得分").of("单位"),
	said(`入统比例超过100%的项目有#个`, "入统", "比例超过100%"),
	said(`两数相差#个`, "堵点", "结转差"),
	said(`超过办结时限未销号的堵点难点#个`, "堵点", "逾期"),
	said(each+`#个`, "堵点", "逾期").of("单位").within(`堵点难点\d+个：[^（。]*`),
	said(`滞后和过期未完成的任务#项`, "交办", "滞后任务"),
	said(each+`#项`, "交办", "滞后任务").of("单位").within(`未完成的任务\d+项：[^（。]*`),
	said(`逾期的#份`, "报送", "逾期"),
	said(each+`#份`, "报送", "逾期").of("单位").within(`逾期的\d+份：[^。]*`),
	said(`未报的#份`, "报送", "未报"),
	said(each+`#份`, "报送", "未报").of("单位").within(`未报的\d+份：[^。]*`),
	said(`整份退回的#份`, "报送", "整份退回"),
	said(each+`#份`, "报送", "整份退回").of("单位").within(`整份退回的\d+份：[^。]*`),
	said(`本月交办事项#项`, "交办", "交办事项"),
	said(`滞后项目#项（#个单位）`, "交办", "滞后项目", "滞后项目/单位数").ordered(),
	said(`逾期堵点难点#项（#个单位）`, "交办", "逾期堵点难点", "逾期堵点难点/单位数").ordered(),
	said(`滞后任务#项（#个单位）`, "交办", "滞后任务", "滞后任务/单位数").ordered(),
	said(`未报报表#项（#个单位）`, "交办", "未报报表", "未报报表/单位数").ordered(),
	said(`整份退回报表#项（#个单位）`, "交办", "整份退回报表", "整份退回报表/单位数").ordered(),
	said(`有退回行报表#项（#个单位）`, "交办", "有退回行报表", "有退回行报表/单位数").ordered(),
}

// sentences reads the facts of running text, outside the rules and notes under it.
func (r *reader) sentences() {
	for _, t := range r.Texts {
		if strings.HasPrefix(t.Words, "注：") || isRule.MatchString(t.Words) {
			continue
		}
		for _, p := range phrases {
			r.phrase(p, t)
		}
		if _, tile := parseNumber(t.Words); tile {
			continue
		}
		for _, at := range toldNumber.FindAllStringIndex(t.Words, -1) {
			r.spoken++
			if !r.heard[[3]int{t.row, t.col, at[0]}] {
				r.unheard = append(r.unheard, t.At.String()+" "+t.Words[at[0]:at[1]])
			}
		}
	}
}

// isRule are rules of how the book was made, captions, whose counts are held against rows, and the
// items of an order, which pages reads.
var isRule = regexp.MustCompile(`^\d+\. |^交办事项：\d+项$|^不排名|^得分＝|^[一二三四五六七八九十]+、.*（(?:参评)?\d+[项个].*）$|^\d+项$`)

func (r *reader) phrase(p phrase, t Text) {
	for _, m := range p.matches(t.Words) {
		group, next := p.group, 0
		if group == "册" {
			group = "册=" + r.File
		}
		for i, name := range p.pattern.SubexpNames() {
			from, to := m[2*i], m[2*i+1]
			switch {
			case i == 0:
			case name == "of":
				if group = strings.TrimPrefix(p.group+"="+t.Words[from:to], "="); t.Words[from:to] == "全县" {
					group = ""
				}
			default:
				r.heard[[3]int{t.row, t.col, from}] = true
				r.say(p, p.measures[next], group, t.Words[from:to]+counter.FindString(t.Words[to:]), t)
				next++
			}
		}
	}
}

// ordered looks only in what is told of orders, whose items are of any kind.
func (p phrase) ordered() phrase {
	p.items = true
	return p.within(`本月交办事项[^。]*`)
}

// matches are where the words say it, each with the places of its groups.
func (p phrase) matches(words string) [][]int {
	if p.sentence == nil {
		return p.pattern.FindAllStringSubmatchIndex(words, -1)
	}
	var all [][]int
	for _, s := range p.sentence.FindAllStringIndex(words, -1) {
		for _, m := range p.pattern.FindAllStringSubmatchIndex(words[s[0]:s[1]], -1) {
			for i := range m {
				m[i] += s[0]
			}
			all = append(all, m)
		}
	}
	return all
}

// counter is what stands after a number in running text.
var counter = regexp.MustCompile(`^(?:个|项|家|次|份|人|名|亩|件|亿元|万元)`)

// toldNumber are the numbers of running text that tell a fact.
var toldNumber = regexp.MustCompile(`[\d,]+(?:\.\d+)?(?:个|项|家|次|份|亩|件|名|亿元|万元|%)`)

func (r *reader) say(p phrase, measure, group, shown string, t Text) {
	n, is := parseNumber(shown)
	if !is {
		return
	}
	if p.items && n.unit == "项" {
		n.unit = ""
	}
	if money[measure] {
		n = n.in(cmp.Or(n.unit, "亿元")) // which is mostly in the pattern
	}
	if measure == "落后时序" && group != "" { // of a unit or a project, which tables tell as a difference
		measure, n.value = "与时序差", -n.value
	}
	if strings.HasPrefix(group, "（") { // a way of counting is part of the name
		measure, group = measure+group, ""
	}
	subject, measure := translate(p.subject, measure)
	r.add(Fact{Subject: subject, Measure: measure, Group: group, Month: p.month, number: n, At: t.At, Shown: shown})
}

// A clause is what a cell tells beside its own words: of a project, or of a problem that it
// names.
type clause struct {
	pattern *regexp.Regexp
	subject string
	measure []string // of each group; "group" names what it is of
}

var clauses = []clause{
	{regexp.MustCompile(`进度落后(\d+\.\d)个百分点（(..)）`), "重点", []string{"与时序差", "进度灯"}},
	{regexp.MustCompile(`未入统（(..)）`), "重点", []string{"入统灯"}},
	{regexp.MustCompile(`未开工（(..)）`), "重点", []string{"开工灯"}},
	{regexp.MustCompile(`(堵\d{4}-\d+) [^（；]*（([^，）“]+)[，）]`), "堵点", []string{"group", "主办单位"}},
	{regexp.MustCompile(`(堵\d{4}-\d+) [^（；]*（[^，）]+，逾期(\d+)天`), "堵点", []string{"group", "逾期天数"}},
}

// embedded reads the clauses of a cell.
func (r *reader) embedded(f Fact, shown string) {
	for _, c := range clauses {
		for _, m := range c.pattern.FindAllStringSubmatch(shown, -1) {
			group := f.Group
			for i, measure := range c.measure {
				told := Fact{Subject: c.subject, Measure: measure, Group: group, At: f.At, Shown: m[i+1]}
				switch n, is := parseNumber(m[i+1]); {
				case measure == "group":
					group = "问题=" + m[i+1]
					continue
				case is && measure == "与时序差":
					n.value = -n.value
					told.number = n
				case is:
					told.number = n
				default:
					told.text = m[i+1]
				}
				r.add(told)
			}
		}
	}
}
