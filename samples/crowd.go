package samples

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"huizong/internal/county"
)

// crowdSubjects are what invented units plan.
var crowdSubjects = strings.Fields("综合 工业 教育 住建 交通 水利 农业 文旅 卫健 乡村")

// crowdSite is a site of an invented unit, like no other's: the unit builds it itself, at a
// place that two characters of crowdPlaces make its own. Were all names and owners drawn from
// the same lists, ten times the units would have a hundred times the projects that look alike.
func (p *planner) crowdSite(unit county.Unit, row int, about string) site {
	var number int
	if _, err := fmt.Sscanf(unit.Name, crowdName, &number); err != nil {
		panic(unit.Name + " is not one of a crowd")
	}
	place := string([]rune{crowdPlaces[number/len(crowdPlaces)], crowdPlaces[number%len(crowdPlaces)]})
	s := p.site(unit.Name, mark{place, fmt.Sprintf("（%d号）", row+1)}, crowdSubjects, about)
	s.owner = unit.Name
	return s
}

// crowdName is what invented units are called, by number.
const crowdName = "样例单位%04d"

var crowdPlaces = []rune("安邦昌辰楚德鼎恩丰福刚耿冠广瀚浩和恒弘厚华淮惠吉嘉建江锦京靖矩凯康坤朗乐黎礼良霖灵隆伦茂美铭牧宁鹏平普启谦钦庆荣瑞润森山尚绍胜盛石顺松泰棠腾天通同万维文熙贤祥翔欣信兴轩雅延尧怡义英永裕源远悦云展哲正志")

// crowd makes a month of many invented units, each with one clean return, the forms that
// they owe in turn, and the county.toml that lists them: the built-in one with other units and duties.
// A file is laid out only when it is asked for, so that no month is too large.
func crowd(s *scene, departments, rows int) *Month {
	if rows == 0 {
		rows = 40
	}
	m := &Month{Period: s.period}
	owed := slices.DeleteFunc(slices.Clone(samples), func(s *sample) bool { return s.crowd == nil })
	owing := map[string][]string{}
	units := make([]string, departments)
	for i := range departments {
		unit := county.Unit{Name: fmt.Sprintf(crowdName, i+1), Group: "部门"}
		sample := owed[i%len(owed)]
		units[i] = unit.Name
		owing[sample.form.ID] = append(owing[sample.form.ID], unit.Name)
		m.deliveries = append(m.deliveries,
			delivery{path: fmt.Sprintf("inbox/%s%d月%s.xlsx", unit.Name, s.month(), sample.form.Title), content: func() ([]byte, error) {
				f := s.filing(sample, unit, i/len(owed), sample.crowd(s, unit, rows))
				f.hand.lines = append([]string{"填报单位：{单位}"}, f.hand.lines...)
				return workbook([]*page{f.sheet()}, f.filler, f.prepared)
			}})
	}
	m.deliveries = append(m.deliveries, delivery{path: "county.toml", content: func() ([]byte, error) {
		return countyOf(units, owing), nil
	}})
	return m
}

var (
	unitBlock = regexp.MustCompile(`(?m)^\[\[unit\]\]\n(?:[a-z]+ = .*\n)+\n?`)
	dutyBlock = regexp.MustCompile(`(?m)^(?:#.*\n)*\[\[?form\.[a-z.]+\]\]?\n(?:.+\n)*\n?`)
)

// countyOf is the built-in county.toml with these units and what they owe in place of its own.
func countyOf(units []string, owing map[string][]string) []byte {
	text := dutyBlock.ReplaceAll(unitBlock.ReplaceAll(county.DefaultText(), nil), nil)
	out := bytes.NewBuffer(bytes.TrimRight(text, "\n"))
	out.WriteString("\n")
	for _, sample := range samples {
		fmt.Fprintf(out, "\n[form.%s]\nunits = [%s]\n", sample.form.ID, quoted(owing[sample.form.ID]))
	}
	for _, unit := range units {
		fmt.Fprintf(out, "\n[[unit]]\nname = %q\ngroup = \"部门\"\n", unit)
	}
	return out.Bytes()
}

func quoted(names []string) string {
	for i, name := range names {
		names[i] = fmt.Sprintf("%q", name)
	}
	return strings.Join(names, ", ")
}
