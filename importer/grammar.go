package importer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A sense is what a heading says, taken apart: of when, whether it is planned or done, and of
// what. Staff put the same sense in many words: 至2023年底累计完成投资额, 截至上年末完成投资.
// The parts are told by their words, wherever they stand; words that add nothing are left out.
type sense struct {
	when    when
	is      being
	total   bool   // 累计, where nothing says since when
	subject string // what is left, in its order
}

// when is the time that a heading speaks of. Of two the later one in this order is meant:
// 自开工至6月底 is since the start.
type when uint8

const (
	anyTime    when = iota
	nowadays        // 当前, 截至目前
	inYear          // 年度, 本年
	inMonth         // 本月, N月
	toDate          // since January: 1-N月, 年初至今, 本年累计
	beforeYear      // to the end of last year: 上年底, 以前年度
	fromStart       // since the work began: 自开工以来
)

// being is planned or done.
type being uint8

const (
	unsaid    being = iota
	isPlanned       // 计划, 拟, 预计, 目标
	isDone          // 完成
	isActual        // 实际, 已
)

// A token is a word of headings with what it adds to their sense.
type token struct {
	word    string
	when    when
	is      being
	total   bool
	subject string // what it is about, in the word that stands for all of its kind
}

// tokens are the words by their first character, longer ones first.
var tokens = map[rune][]token{}

func init() {
	add := func(t token, words string) {
		for _, t.word = range strings.Fields(words) {
			first, _ := utf8.DecodeRuneInString(t.word)
			tokens[first] = append(tokens[first], t)
		}
	}
	add(token{when: nowadays}, "当前 目前 现在 截至目前 截至当前 至目前 目前为止 截至目前为止 现 至今 截至N月 截至N月底 至N月底 截至本月 截至本月底 至本月底")
	add(token{when: inMonth}, "本月 当月 N月 本期 N月当月")
	add(token{when: toDate}, "1-N月 年初至今 年初至N月 年初至N月底 年初至本月 年初至本月底 年初以来 今年以来 本年以来 年以来 自年初 年初 年内累计")
	add(token{when: inYear}, "年度 本年 本年度 今年 全年 当年 年 当年度 今年度 全年度 年内")
	add(token{when: beforeYear}, "上年底 至上年底 截至上年底 上年底前 截至上年底前 至上年底前 年底 至年底 截至年底 年底前 截至年底前 至年底前 "+
		"以前年度 以前年 年前 年以前 截至年以前 年及以前 年及以前年度 年度以前 截至上年")
	add(token{when: fromStart}, "自开工 自开工以来 开工以来 自开工至今 开工至今 自开始 自开始以来 自开始建设 自开始建设以来 开始建设以来 自开工建设以来 开工建设以来 开工累计 自开工起 自开建以来 "+
		"项目开工以来 自项目开工 自项目开工以来 自项目开工至今 自开始建设至本月 自开工至N月底 自开工至本月底 自开工至本月")
	add(token{is: isPlanned}, "计划 拟 预计 任务 目标 打算 安排 预期 工作计划 工作安排 工作打算 工作思路 建设计划")
	add(token{is: isDone}, "完成 实际完成 已完成 完成的")
	add(token{is: isActual}, "实际 已")
	add(token{total: true}, "累计")
	add(token{}, "计划及完成情况 计划和完成情况 计划与完成情况 计划完成情况 情况 办理情况 额 主要 具体 有关 相关 其中 的 及 和 与 或 及责任人 及联系人 姓名 突出 基本 所属 所处 详细 简要 填写 本项目 该项目")
	for subject, words := range map[string]string{
		"总投资": "总投资额 总投资规模 投资总额", "资金": "资金额",
		"投资":   "投资额 投资情况 投资完成情况 投资计划及完成情况 投资计划完成情况",
		"开工时间": "开工日期 开工年月 开工年份 开工月份", "竣工时间": "竣工日期 竣工年月 完工时间 完工日期 完工年月 建成时间 建成日期 建成年月",
		"时间": "日期 年月", "起止年限": "起止年月 起止时间 起止日期", "年限": "期限 工期 周期 年限",
		"进展": "项目进展 项目建设进展", "单位": "部门 单位名称 部门名称", "代码": "编码 代号", "类别": "类型 分类", "级别": "等级", "地点": "地址 位置 所在地 所在地点",
		"问题": "困难 困难及问题 困难和问题 困难与问题 困难问题 问题及困难 问题和困难 问题困难", "下月": "下一步 下步 下个月 下阶段 下一阶段",
		"包抓领导": "包抓领导 挂点领导 挂联领导 挂包领导 包联领导 包保领导 联系领导 包挂领导 联点领导 挂点县级领导 挂联县级领导 挂包县级领导 包联县级领导 包保县级领导 联系县级领导 包抓县级领导 " +
			"县级挂点领导 县级挂联领导 县级挂包领导 县级包联领导 县级包保领导 县级联系领导 县级包抓领导",
		"责任领导": "县级责任领导 责任县级领导",
	} {
		add(token{subject: subject}, words)
	}
	// Words that have a word of those above in them, and mean something else.
	for _, word := range strings.Fields("完成率 完成比例 完成进度 完成时限 完成时间 完成期限 完成项数 完成情况 未完成 上年 上年同期 上月 上半年 下半年 目标企业 任务编号 任务内容 任务名称 任务类别 " +
		"已解决 已回复 目的地 年产值 年均 安排资金 竣工验收时间") {
		add(token{subject: word}, word)
	}
	for _, list := range tokens {
		slices.SortStableFunc(list, func(a, b token) int { return len(b.word) - len(a.word) })
	}
}

// senseOf takes apart a heading whose year and months are made general. What stands in Latin
// letters behind the Chinese adds nothing.
func senseOf(heading string) sense {
	var s sense
	chinese := strings.TrimRightFunc(heading, func(r rune) bool { return r < utf8.RuneSelf && (unicode.IsLetter(r) || r == ' ') })
	for rest := withoutProject(cmp.Or(chinese, heading)); rest != ""; {
		t := firstToken(rest)
		s.hear(t)
		rest = rest[len(t.word):]
	}
	return s
}

// firstToken is the longest word that a heading begins with, or its first character.
func firstToken(heading string) token {
	first, size := utf8.DecodeRuneInString(heading)
	for _, t := range tokens[first] {
		if strings.HasPrefix(heading, t.word) {
			return t
		}
	}
	return token{word: heading[:size], subject: heading[:size]}
}

// hear adds a word to a sense. What is planned to be done is planned.
func (s *sense) hear(t token) {
	s.when = max(s.when, t.when)
	s.total = s.total || t.total
	switch {
	case s.is == isPlanned || t.is == unsaid:
	case t.is == isPlanned || t.is == isDone || s.is == unsaid:
		s.is = t.is
	}
	if !strings.HasSuffix(s.subject, t.subject) {
		s.subject += t.subject
	}
}

// settled leaves out what the other parts make plain. Only of money does it matter of which
// months it is, and only a start or an end is planned or actual.
func (s sense) settled() sense {
	switch {
	case s.total && s.when == inYear:
		s.when, s.total = toDate, false
	case s.when >= toDate:
		s.total = false
	}
	money := s.is == isDone || strings.Contains(s.subject, "投资")
	if s.when == nowadays || !money && s.is != isPlanned && (s.when == inMonth || s.when == toDate) {
		s.when = anyTime
	}
	if s.is == isActual && !strings.HasPrefix(s.subject, "开工") && !strings.HasPrefix(s.subject, "竣工") {
		s.is = unsaid
	}
	return s
}

// withoutProject leaves out 项目 and 工程 before a word that says by itself what it is: 项目建设单位.
func withoutProject(key string) string {
	for _, prefix := range []string{"项目工程", "工程项目", "建设项目", "重点项目", "项目"} {
		rest, ok := strings.CutPrefix(key, prefix)
		if !ok {
			continue
		}
		switch rest {
		case "", "单位", "名称", "代码", "编码", "编号", "全称", "部门", "数", "个数":
			return "项目" + rest
		}
		return rest
	}
	return key
}

// key is the sense as one text, for comparing; blank if it says too little.
func (s sense) key() string {
	if s.subject == "" && (s.is != isDone || s.when == anyTime) {
		return ""
	}
	total := ""
	if s.total {
		total = "累计"
	}
	return strconv.Itoa(int(s.when)) + strconv.Itoa(int(s.is)) + total + s.subject
}

// below is the sense of a heading under a group: the group says what its heading leaves open. ok is
// false where the two speak of different things, of which one may be a part of the other.
func (s sense) below(group sense) (whole sense, ok bool) {
	if group.subject != "" && group.subject != "投资" && s.subject != "" && group.subject != s.subject {
		return s, false
	}
	if s.when == anyTime {
		s.when = group.when
	}
	if s.is == unsaid {
		s.is = group.is
	}
	if s.subject == "" {
		s.subject = group.subject
	}
	s.total = s.total || group.total
	return s, true
}

// sensesOf are the senses of a path of labels, best first, as keys.
func sensesOf(levels []label) []string {
	var group sense
	for _, l := range levels[:len(levels)-1] {
		whole, ok := senseOf(l.bare()).below(group)
		if !ok {
			return nil
		}
		group = whole
	}
	var keys []string
	for _, said := range levels[len(levels)-1].keys {
		if whole, ok := senseOf(said).below(group); ok {
			if key := whole.settled().key(); key != "" && !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}
