package consolidate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"huizong/internal/form"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// The kinds of duplicates and conflicts that are planted, 25 of each.
const (
	spelledOtherwise = iota // 桔 for 橘, the county in front, full width, 有限公司: certainly one
	settledAbove            // one project, two amounts, the responsible unit's counts
	nobodyAbove             // one project, two amounts of equal authority
	renamed                 // the same code under an unlike name
	slipOfTheHand           // a character of the name mistyped
	stageLeftOut            // one writes （一期）, the other does not
	codeMiscopied           // a digit of the code is wrong, the name is abridged
	calledOtherwise         // the name turned around a little, the owner spelled in short
	kinds
)

var kindNames = [kinds]string{"异体、前缀、全半角", "金额不同，责任单位为准", "金额不同，同级待定", "同代码异名称", "名称错一字", "漏写期别", "代码抄错一位", "名称说法不同"}

// outcomes of the kinds: brought together, settled, left open, or asked about.
const (
	together = "merged"
	settled  = "by authority"
	open     = "open"
	asking   = "candidate"
)

var wanted = [kinds]string{together, settled, open, asking, asking, asking, asking, asking}

// A planting writes the rows of a month, each department's in a return of its own.
type planting struct {
	rows    map[string][]ledger.Record
	planted []plant
	n       int // of projects so far
}

// A plant is two rows, by department and row, and what they are.
type plant struct {
	kind int // kinds: a decoy
	a, b string
}

var (
	villages = strings.Fields("青龙 白云 柳河 石桥 杨庄 北坡 南沟 东岭 西湾 红星 新华 胜利 金盆 银杏 双井 三官 马家 牛头 桃花 梅子 松林 竹坝 茶店 盐井 铁炉 铜鼓 砖窑 瓦房 板桥 渡口 水车 磨盘 高坎 低坪 大湾 小寨 老街 古柏 长岭 短沟")
	matters  = strings.Fields("污水处理厂 垃圾转运站 乡镇卫生院 初级中学 幼儿园 敬老院 农贸市场 标准化厂房 冷链物流园 光伏电站 河堤治理 水库除险加固 灌区改造 通村公路 大桥 隧道 停车场 文化广场 体育公园 " +
		"图书馆 消防站 变电站 天然气管网 供水管网 数据中心 屠宰场 饲料厂 茶叶加工厂 中药材基地 猕猴桃果园 柑橘分拣中心 民宿集群 游客中心 " +
		"养老公寓 人才公寓 安置小区 老旧小区改造 雨污分流 充电站 公交枢纽")
	ways = strings.Fields("扩建 迁建 提标 升级 配套 示范")
)

// name is a name that no other project has.
func (p *planting) name() string {
	p.n++
	village, matter := villages[p.n%len(villages)], matters[(p.n*7+p.n/len(villages)*3)%len(matters)]
	return village + matter + ways[p.n/len(villages)%len(ways)] + "项目"
}

// code is a sound code of its own.
func (p *planting) code() string {
	digits := fmt.Sprintf("2401-610722-04-01-%05d", 10000+p.n*37)
	return digits + string(ledger.CheckDigit(strings.ReplaceAll(digits, "-", "")))
}

// row writes a row and says where.
func (p *planting) row(department, name string, total int, words ...string) string {
	number := 5 + len(p.rows[department])
	p.rows[department] = append(p.rows[department], Idea(number, name, fmt.Sprint(total), words...))
	return fmt.Sprint(department, number)
}

func (p *planting) pair(kind int, a, b string) {
	p.planted = append(p.planted, plant{kind, a, b})
}

// with plants one of a kind.
func (p *planting) with(kind int) {
	name, total := p.name(), 1000+p.n*13
	by := func(words ...string) []string {
		return append(words, "department="+Housing, "place="+name[:6]+"村")
	}
	own := "owner=" + name[:6] + "实业有限公司"
	switch kind {
	case spelledOtherwise:
		name = "橘林" + name
		p.pair(kind, p.row(Housing, name, total, by(own)...),
			p.row(Town, "城固县 "+strings.Replace(name, "橘", "桔", 1), total, by(strings.TrimSuffix(own, "有限公司"))...))
	case settledAbove:
		p.pair(kind, p.row(Housing, name, total, by(own)...), p.row(Town, name, total+500, by(own)...))
	case nobodyAbove:
		p.pair(kind, p.row(Traffic, name, total, by(own)...), p.row(Trade, name, total+500, by(own)...))
	case renamed:
		code := "code=" + p.code()
		p.pair(kind, p.row(Housing, name, total, by(own, code)...), p.row(Town, "综合服务体"+fmt.Sprint(p.n), total*3, by("owner=另一家", code)...))
	case slipOfTheHand:
		wrong := strings.Replace(name, string([]rune(name)[3]), "某", 1)
		p.pair(kind, p.row(Housing, name, total, by(own)...), p.row(Town, wrong, total, by(own)...))
	case stageLeftOut:
		p.pair(kind, p.row(Housing, name+"（一期）", total, by(own)...), p.row(Town, name, total, by("owner=")...))
	case codeMiscopied:
		code := p.code()
		slip := code[:len(code)-2] + string('0'+(code[len(code)-2]-'0'+1)%10) + code[len(code)-1:]
		p.pair(kind, p.row(Housing, name, total, by(own, "code="+code)...),
			p.row(Town, strings.TrimSuffix(name, "项目")+"及附属设施", total, by("owner=村委会", "code="+slip)...))
	case calledOtherwise:
		runes := []rune(strings.TrimSuffix(name, "项目"))
		turned := string(runes[:2]) + "村" + string(runes[2:len(runes)-2]) + "整体" + string(runes[len(runes)-2:]) + "工程"
		p.pair(kind, p.row(Housing, name, total, by(own)...), p.row(Town, turned, total, by("owner="+name[:6]+"实业")...))
	}
}

// decoys look alike and are not one: stages, years, towns, parts of packages.
func (p *planting) decoys() {
	for _, ends := range [][2]string{{"（一期）", "（二期）"}, {"一标段", "二标段"}, {"2023年", "2024年"}} {
		for range 8 {
			name, total := p.name(), 1000+p.n*13
			p.pair(kinds, p.row(Housing, name+ends[0], total, "owner=城投"), p.row(Town, name+ends[1], total, "owner=城投"))
		}
	}
	for range 8 {
		name := p.name()
		p.pair(kinds, p.row(Housing, "桔园镇"+name, 500+p.n, "place=桔园镇"), p.row(Town, "三合镇"+name, 2000+p.n*5, "place=三合镇"))
		pack := p.name()
		whole := p.row(Housing, pack, 9000, "is_package=是", "owner=城投")
		p.pair(kinds, whole, p.row(Town, pack+"甲", 4000, "package="+pack, "owner=城投"))
	}
}

// month makes the month of what was planted.
func (p *planting) month(t *testing.T) *Month {
	var returns []*ledger.Return
	for _, department := range []string{Housing, Traffic, Trade, Town} {
		returns = append(returns, Sent(June, Reserve, department, department, p.rows[department]...))
	}
	return merged(t, June, nil, returns...)
}

// A generated month with 200 planted duplicates and conflicts of eight kinds, and as many
// projects beside them: all are found, none is wrongly brought together.
func TestPlantedDuplicatesAndConflicts(t *testing.T) {
	p := &planting{rows: map[string][]ledger.Record{}}
	for range 25 {
		for kind := range kinds {
			p.with(kind)
		}
	}
	p.decoys()
	for range 200 {
		p.row([]string{Housing, Traffic, Trade, Town}[p.n%4], p.name(), 1000+p.n*29, "place="+villages[p.n%40])
	}
	m := p.month(t)

	of, asked := map[string]*Project{}, map[[2]*Project]bool{}
	for _, project := range m.Register.Projects["reserve"] {
		for _, row := range project.Rows() {
			of[fmt.Sprint(row.Department, row.Record.Row)] = project
		}
	}
	for _, c := range m.Candidates {
		asked[[2]*Project{c.A, c.B}], asked[[2]*Project{c.B, c.A}] = true, true
	}
	found, hits := [kinds]int{}, 0
	mergedRows := map[*Project]int{}
	for _, plant := range p.planted {
		a, b := of[plant.a], of[plant.b]
		got := "apart"
		switch {
		case a == b:
			mergedRows[a]++
			got = became(a)
		case asked[[2]*Project{a, b}]:
			got = asking
		}
		switch {
		case plant.kind == kinds && got != "apart":
			t.Errorf("decoy: %s and %s: %s", a.Name(), b.Name(), got)
		case plant.kind == kinds:
		case got != wanted[plant.kind]:
			t.Errorf("%s: %s and %s: %s, want %s", kindNames[plant.kind], a.Name(), b.Name(), got, wanted[plant.kind])
		default:
			found[plant.kind]++
			if got == asking {
				hits++
			}
		}
	}
	for _, project := range m.Register.Projects["reserve"] {
		if len(project.Others) != mergedRows[project] {
			t.Errorf("%s: %d rows, %d of them planted as one", project.Name(), 1+len(project.Others), 1+mergedRows[project])
		}
	}
	total := 0
	for kind, n := range found {
		t.Logf("%-14s %d of 25: %s", kindNames[kind], n, wanted[kind])
		total += n
	}
	planted := 0
	for _, outcome := range wanted {
		if outcome == asking {
			planted += 25
		}
	}
	t.Logf("found %d of 200; candidates %d, of them planted %d of %d: precision %.3f, recall %.3f", total, len(m.Candidates), hits, planted,
		float64(hits)/float64(len(m.Candidates)), float64(hits)/float64(planted))
	if total != 200 || hits != planted || hits*100 < 95*len(m.Candidates) {
		for _, c := range m.Candidates {
			if !slices.ContainsFunc(p.planted, func(x plant) bool { return of[x.a] == c.A && of[x.b] == c.B || of[x.a] == c.B && of[x.b] == c.A }) {
				t.Logf("not planted: %d %s｜%s %v", c.Score, c.A.Name(), c.B.Name(), c.Clues)
			}
		}
		t.Error("all that was planted must be found, and 95 of 100 candidates be planted")
	}
}

// became says what became of rows that are one project.
func became(p *Project) string {
	r, _ := p.Resolution(form.Reserve.Total.Column)
	switch r.Reason {
	case Open:
		return open
	case ByAuthority:
		return settled
	}
	return together
}
