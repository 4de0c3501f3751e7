package consistency

import (
	"maps"
	"slices"
	"strings"
)

// What a class of 入统核对 means for the words and the light of a project.
var classes = []struct{ class, word, light string }{
	{"两边都有", "已入统", "绿灯无"},
	{"仅发改，应入未入", "应入未入", "黄灯红灯"},
	{"仅发改，未到入统期限", "", "绿灯无"},
	{"仅发改，未达标准", "", "绿灯无"},
	{"仅发改，未开工", "", "绿灯无"},
}

// severity orders lights: the worst is the whole.
var severity = []string{"无", "绿灯", "黄灯", "红灯"}

// A project is what places say of it, by measure.
type project map[string]Fact

// projects holds all that is said of each project against itself.
func (r *Report) projects(facts []Fact) {
	places := map[string]map[string]bool{}
	projects, rows := map[string]project{}, map[string]project{} // all that is said, and what one sheet says
	for _, f := range facts {
		name := f.Group + " " + f.Month
		if f.Subject != "重点" || !strings.HasPrefix(f.Group, "项目=") {
			continue
		}
		if projects[name] == nil {
			projects[name], places[name] = project{}, map[string]bool{}
		}
		places[name][f.At.Sheet] = true
		row := name + "，" + f.At.File + " " + f.At.Sheet
		if rows[row] == nil {
			rows[row] = project{}
		}
		rows[row][f.Measure] = f
		if _, is := projects[name][f.Measure]; !is {
			projects[name][f.Measure] = f
		}
	}
	for _, name := range slices.Sorted(maps.Keys(projects)) {
		if len(places[name]) > 1 {
			r.Projects++
		}
		r.class(name, projects[name])
		r.worst(name, projects[name])
	}
	for _, row := range slices.Sorted(maps.Keys(rows)) {
		r.worst(row, rows[row])
	}
	r.scored(facts, projects)
}

// class holds the class of 入统核对 against word and light.
func (r *Report) class(name string, p project) {
	class, is := p["核对结果"]
	if !is {
		return
	}
	for _, c := range classes {
		if !strings.HasPrefix(class.text, c.class) {
			continue
		}
		word, hasWord := p["入统状态"]
		light, hasLight := p["入统灯"]
		if hasWord && (c.word != "" && word.text != c.word || c.word == "" && (word.text == "应入未入" || word.text == "已入统")) {
			r.find("入统的说法不一致", "%s：%s在%v，%s在%v", name, class.text, class.At, word.text, word.At)
		}
		if hasLight && !strings.Contains(c.light, light.text) {
			r.find("入统灯与核对结果不一致", "%s：%s在%v，%s在%v", name, class.text, class.At, light.text, light.At)
		}
	}
}

// worst holds 总评 against the lights that it is the worst of.
func (r *Report) worst(name string, p project) {
	whole, is := p["总评"]
	worst := -1
	for _, light := range []string{"开工灯", "进度灯", "资金灯", "入统灯"} {
		worst = max(worst, slices.Index(severity, p[light].text))
	}
	if _, all := p["进度灯"]; is && all && p["开工灯"].text != "" && worst >= 0 && severity[worst] != whole.text {
		r.find("总评不是各灯中最差的", "%s：%s在%v，最差的灯为%s", name, whole.text, whole.At, severity[worst])
	}
}

// scored holds the 入统 score of a unit against its projects that should be in and are not.
func (r *Report) scored(facts []Fact, projects map[string]project) {
	outside := map[string]float64{}
	for _, p := range projects {
		if p["核对结果"].text == "仅发改，应入未入" {
			outside[p["责任单位"].text+" "+p["责任单位"].Month]++
		}
	}
	of := index(facts)
	for key, whole := range of {
		if !strings.HasPrefix(key, "月评比 | 项目入统/分母 | 单位=") {
			continue
		}
		unit := strings.TrimPrefix(whole.Group, "单位=") + " " + whole.Month
		in, is := of[strings.Replace(key, "分母", "分子", 1)]
		if is && whole.number.value-in.number.value != outside[unit] {
			r.find("入统计分与核对结果不一致", "%s：计分%g/%g在%v，核对结果应入未入%g个",
				unit, in.number.value, whole.number.value, in.At, outside[unit])
		}
	}
}

// index keeps the first fact of each key.
func index(facts []Fact) map[string]Fact {
	of := map[string]Fact{}
	for _, f := range facts {
		if _, is := of[f.key()]; !is {
			of[f.key()] = f
		}
	}
	return of
}
