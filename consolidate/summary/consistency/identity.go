package consistency

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// An identity is a fact that others must give, group by group.
type identity struct {
	subject, whole string
	plus, minus    []string
	before         string         // of the month before, added
	more, less     string         // added and taken away where they are told
	unless         *regexp.Regexp // said where the whole is
}

var identities = []identity{
	{subject: "重点", whole: "累计完成投资", plus: []string{"本月完成投资"}, before: "累计完成投资", more: "补报更正", less: "少报"},
	{subject: "堵点", whole: "月末未结", plus: []string{"上月结转", "本月新增"}, minus: []string{"本月销号"}},
	{subject: "堵点", whole: "上月结转", before: "月末未结", unless: regexp.MustCompile(`补报|更正`)},
	{subject: "报送", whole: "未报退回", plus: []string{"未报", "整份退回"}},
	{subject: "任务", whole: "清单任务", plus: []string{"其中/推进", "已完成", "滞后", "其中/未填报"}},
	{subject: "重点", whole: "进度滞后", plus: []string{"红灯/进度", "黄灯/进度"}},
	{subject: "重点", whole: "未按计划开工", plus: []string{"红灯/开工", "黄灯/开工"}},
	{subject: "重点", whole: "红黄灯", plus: []string{"红灯", "黄灯"}},
	{subject: "重点", whole: "项目数", plus: []string{"红灯", "黄灯", "绿灯"}, unless: regexp.MustCompile(`不评\d|兼有|几位领导`)},
}

// identities holds what is told against what else is told must make it.
func (r *Report) identities(facts []Fact, months []*Folder) {
	of := index(facts)
	for _, i := range identities {
		for _, key := range slices.Sorted(maps.Keys(of)) {
			if whole := of[key]; whole.Subject == i.subject && whole.Measure == i.whole && whole.text == "" && len(whole.Month) == 7 &&
				!strings.HasPrefix(whole.Group, "项目=") {
				r.identity(i, whole, of, months)
			}
		}
	}
	for _, m := range months {
		r.numberings(m, of)
		r.doubts(m, facts)
		r.bridge(m, of)
		r.unnamed(m)
	}
}

func (r *Report) identity(i identity, whole Fact, of map[string]Fact, months []*Folder) {
	sum, step, told := 0., whole.number.step, []Fact{whole}
	add := func(measure, month string, sign float64) bool {
		f := whole
		f.Measure, f.Month = measure, month
		f, is := of[f.key()]
		sum, step, told = sum+sign*f.number.value, max(step, f.number.step), append(told, f)
		return is
	}
	for _, measure := range i.plus {
		if !add(measure, whole.Month, 1) {
			return
		}
	}
	for _, measure := range i.minus {
		if !add(measure, whole.Month, -1) {
			return
		}
	}
	if i.before != "" && !add(i.before, monthBefore(whole.Month), 1) || i.before != "" && strings.HasSuffix(whole.Month, "-01") {
		return
	}
	for measure, sign := range map[string]float64{i.more: 1, i.less: -1} {
		if f, is := of[(Fact{Subject: whole.Subject, Measure: measure, Group: whole.Group, Month: whole.Month}).key()]; is {
			sum, step, told = sum+sign*f.number.value, max(step, f.number.step), append(told, f)
		}
	}
	r.Sums++
	off := max(sum-whole.number.value, whole.number.value-sum)
	if off <= step*float64(len(told))/2*1.0001 && step != 1 || off == 0 {
		return
	}
	if i.unless == nil || !saidAt(months, whole.At, i.unless) {
		r.find("数与数对不上", "%s：%s≠%g（%s）", whole.key(), whole.Shown, sum, toldOf(told))
	}
}

func toldOf(facts []Fact) string {
	var all []string
	for _, f := range facts {
		all = append(all, f.Measure+f.Month+" "+f.Shown+"在"+f.At.String())
	}
	return strings.Join(all, "；")
}

// saidAt reports whether the sheet of a place says a thing.
func saidAt(months []*Folder, at Place, what *regexp.Regexp) bool {
	for _, m := range months {
		for _, s := range m.Sheets {
			if s.File == at.File && s.Name == at.Sheet && s.matches(what) {
				return true
			}
		}
	}
	return false
}

// numberings holds the orders that were made against those that the register of orders says
// were issued: one numbering, or a word on the other.
func (r *Report) numberings(m *Folder, of map[string]Fact) {
	issued := of[Fact{Subject: "督办", Measure: "次数", Group: "类型=任务交办单", Month: m.Month}.key()]
	made := of[Fact{Subject: "交办", Measure: "单位数", Month: m.Month}.key()]
	told := regexp.MustCompile(`台账(?:登记|所载|所列)|另行|不含`)
	if issued.Shown != "" && made.Shown != "" && issued.number.value != made.number.value && !saidAt([]*Folder{m}, issued.At, told) {
		r.find("两套交办单", "%s在%v，%s在%v", issued.Shown, issued.At, made.Shown, made.At)
	}
}

var unnamed = regexp.MustCompile(`没有报送的：(.+)`)

// unnamed holds the tasks that nobody reported against the counts over them.
func (r *Report) unnamed(m *Folder) {
	for _, s := range m.Sheets {
		for _, t := range s.Tables {
			whole, has := t.whole()
			listed, isListed := parseNumber(t.cell(whole, "清单任务"))
			reported, isReported := parseNumber(t.cell(whole, "已报任务"))
			if !has || !isListed || !isReported {
				continue
			}
			r.Sums++
			names := 0
			for _, text := range s.Texts {
				if found := unnamed.FindStringSubmatch(text.Words); found != nil && text.row == t.last+1 {
					names = len(strings.Split(found[1], "、"))
				}
			}
			if int(listed.value-reported.value) != names {
				r.find("未报任务与已报数不符", "%s %s：清单%g、已报%g，列出未报%d项", s.File, s.Name, listed.value, reported.value, names)
			}
		}
	}
}

// doubts holds the conflicts that are told as open against those that the sheets list.
func (r *Report) doubts(m *Folder, facts []Fact) {
	listed := 0.
	for _, s := range m.Sheets {
		for _, t := range s.Tables {
			for _, line := range t.rows {
				if what := t.cell(line, "事项"); strings.Contains(what, "冲突") && strings.Contains(what, "待定") {
					listed++
				}
			}
		}
	}
	for _, f := range facts {
		if f.Subject == "核对" && f.Measure == "冲突待定" && f.Month == m.Month && f.number.value != listed && f.number.value > 0 {
			r.find("冲突待定的处数与表中不同", "%v：%s处，各册表中列%g处", f.At, f.Shown, listed)
		}
	}
}

// bridge holds the changes of a month, one by one, against how much more there is.
func (r *Report) bridge(m *Folder, of map[string]Fact) {
	for _, s := range m.Sheets {
		for _, t := range s.Tables {
			if _, has := t.column("变动事项"); !has || subjectOf(s.Title) != "储备" {
				continue
			}
			projects, money := 0., 0.
			for _, line := range t.parts() {
				amount, _ := parseNumber(line.cells[t.at("增减")])
				kind := t.cell(line, "变动")
				projects += map[string]float64{"新增": 1, "退库": -1}[kind]
				if kind == "新增" || kind == "退库" || t.cell(line, "变动事项") == "总投资" {
					money += amount.value
				}
			}
			for measure, changes := range map[string]float64{"项目数": projects, "总投资": money} {
				told, is := of[Fact{Subject: "储备", Measure: measure, Month: m.Month + "较上月"}.key()]
				if r.Sums++; is && !told.number.agrees(number{value: changes, step: 0.01}) && told.number.value != changes {
					r.find("逐项变动与增减不符", "%s %s：逐项相加%.10g，%s在%v", s.File, s.Name, changes, told.said(), told.At)
				}
			}
		}
	}
}
