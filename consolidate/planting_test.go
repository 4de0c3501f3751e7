package consolidate

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// A planted row is what an office reports of a project: what planting knows of it, and what it says.
type plantedRow struct {
	line                *plantedLine
	town, village, firm string // what the project can be moved by; blank where its name has none
	year                string // where places ran out: tells it from others of its kind in one place

	office                                            string
	name, place, owner, department, code, pack, whole string
	total                                             int // 万元
	number                                            int // of the row in the return
}

// A planted line is a name of the list, with what its heading says.
type plantedLine struct{ kind, office, owner, firm, name string }

// A planted pair is two rows of different offices.
type plantedPair struct {
	kind *plantedKind
	a, b *plantedRow
}

// A planting is a month of rows that are known to be one project or not. It depends on its seed
// and on nothing else.
type planting struct {
	state   uint64
	rows    []*plantedRow
	pairs   []plantedPair
	claimed map[string]bool // places, by kind of works, codes
	numbers map[string]int  // rows of a return
}

var (
	//go:embed testdata/names.txt
	namesText    string
	plantedLines = linesOf(namesText)

	towns = strings.Fields("柳林镇 老庄镇 桔园镇 五堵镇 双溪镇 小河镇 二里镇 天明镇 原公镇 上元观镇 沙河营镇 文川镇 龙头镇 董家营镇 三合镇 博望街道 莲花街道")
	// Two syllables, or a family and where it lives, make a village or a firm.
	villages = strings.Fields("青龙 白云 柳河 石桥 杨庄 北坡 南沟 东岭 西湾 红星 新华 胜利 金盆 银杏 双井 三官 马家 牛头 桃花 梅子 松林 竹坝 茶店 盐井 铁炉 铜鼓 砖窑 瓦房 板桥 渡口 " +
		"水车 磨盘 高坎 低坪 大湾 小寨 老街 古柏 长岭 短沟")
	families = []rune("张王李赵刘陈杨黄周吴徐孙胡朱高林何郭罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏")
	sites    = []rune("梁坝沟湾营庄坪院堡山河岭")
	fortunes = []rune("鑫恒瑞宏盛隆嘉泰裕昌金永广华兴聚德诚荣翔")
	promises = []rune("源达丰茂禾通泽辉腾岳川海森宇康诺航博凯润")
	regions  = []string{"汉中", "陕西", "城固县", "城固"}
	forms    = []string{"有限公司", "有限公司", "有限责任公司", "集团有限公司"}
	sums     = []int{100, 200, 300, 500, 500, 800, 1000, 1000, 1200, 1500, 2000, 2000, 3000, 5000, 5000, 8000}
	unmoved  = strings.Fields("桥梁 水库 河道")
	rural    = strings.Fields("水利局 林业局 农业农村局 交通运输局 自然资源局 乡村振兴局 生态环境局城固分局 应急管理局")

	villageName = regexp.MustCompile(`(?:镇|街道)(\p{Han}{2,3}?)村`)
	roadName    = regexp.MustCompile(`[SGX]\d{3}线`)
	chainage    = regexp.MustCompile(`K\d+\+\d{3}—K\d+\+\d{3}`)
	yearName    = regexp.MustCompile(`20\d\d年`)
	lastWord    = regexp.MustCompile(`(建设项目|建设工程|项目|工程|建设)?$`)
)

func linesOf(text string) []*plantedLine {
	var all []*plantedLine
	var head []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "## "):
			head = strings.Fields(line)[1:]
		case line != "" && line[0] != '#':
			name, owner, owned := strings.Cut(line, "\t")
			l := &plantedLine{kind: head[0], office: head[1], owner: head[2], name: name}
			if owned {
				l.owner = owner
			}
			if l.owner == "企" {
				l.firm, _, _ = strings.Cut(name, "|")
				l.name = strings.Replace(name, "|", "", 1)
			}
			all = append(all, l)
		}
	}
	return all
}

// unique reports whether the names of a line's kind are of what is in one place only: a bridge, a
// reservoir, a river.
func (l *plantedLine) unique() bool { return slices.Contains(unmoved, l.kind) }

// newPlanting plants pairs of every kind: so many of those that are one project, so many of others.
func newPlanting(seed uint64, ones, others int) *planting {
	p := &planting{state: seed, claimed: map[string]bool{}, numbers: map[string]int{}}
	for round := range max(ones, others) {
		for _, kind := range plantedKinds {
			if kind.right.one() && round < ones || !kind.right.one() && round < others {
				p.plant(kind)
			}
		}
	}
	return p
}

// plantedAt plants 16 pairs of each kind that are one project among n rows; the others are unrelated.
func plantedAt(seed uint64, n int) *planting {
	p := newPlanting(seed, 16, 0)
	p.fill(n - len(p.rows))
	return p
}

// next is splitmix64.
func (p *planting) next() uint64 {
	p.state += 0x9E3779B97F4A7C15
	z := p.state
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// below is a number from 0 to n−1.
func (p *planting) below(n int) int { return int(p.next() % uint64(n)) }

func pick[T any](p *planting, of []T) T { return of[p.below(len(of))] }

// plant plants one pair: a project and the same again, both told as the kind tells them.
func (p *planting) plant(kind *plantedKind) {
	tell := kind.tell
	if tell == nil {
		tell = worded(kind.name)
	}
	for range 20_000 {
		a := p.project(pick(p, plantedLines))
		if p.claimed[a.key()] {
			continue
		}
		b := *a
		before := *a
		if !tell(p, a, &b) || b.key() != before.key() && p.claimed[b.key()] {
			continue
		}
		p.usually(kind, a, &b)
		p.claimed[before.key()], p.claimed[a.key()], p.claimed[b.key()] = true, true, true
		p.add(a)
		p.add(&b)
		p.pairs = append(p.pairs, plantedPair{kind, a, &b})
		return
	}
	panic("no name is left for " + kind.name)
}

// usually is what two offices do besides: one of the rows is another office's, who may name itself
// as responsible; the owner may be spelt otherwise; one may know a code. Amounts of different
// projects are the same as often as not.
func (p *planting) usually(kind *plantedKind, a, b *plantedRow) {
	moved, stays := a, b
	if p.below(2) == 0 {
		moved, stays = b, a
	}
	if moved.office = p.otherOffice(moved, stays.office); p.below(3) == 0 {
		moved.department = moved.office
	}
	if p.below(5) == 0 && a.owner == b.owner {
		b.owner = p.ownerOtherwise(b.owner)
	}
	if p.below(6) == 0 && a.code == "" && b.code == "" {
		a.code = p.newCode()
	}
	if !kind.right.one() && a.total == b.total && !kind.total && p.below(2) == 0 {
		b.total = p.sum(b)
	}
}

// fill adds so many projects that have nothing to do with one another.
func (p *planting) fill(n int) {
	for missed := 0; n > 0; {
		r := p.project(pick(p, plantedLines))
		if missed > 50 && !yearName.MatchString(r.name) { // places run out: another year, then
			year := fmt.Sprintf("%d年", 2012+p.below(19))
			r.name, r.year = year+r.name, year
		}
		if p.claimed[r.key()] {
			missed++
			continue
		}
		if p.below(5) == 0 {
			r.code = p.newCode()
		}
		if p.below(3) == 0 {
			r.office = p.otherOffice(r, r.office)
		}
		p.claimed[r.key()] = true
		p.add(r)
		n, missed = n-1, 0
	}
}

func (p *planting) add(r *plantedRow) {
	r.number = 5 + p.numbers[r.office]
	p.numbers[r.office]++
	p.rows = append(p.rows, r)
}

// key is what no two unrelated projects have in common.
func (r *plantedRow) key() string {
	place := r.town + r.village + r.firm
	if chainage.MatchString(r.name) {
		place = roadName.FindString(r.name)
	}
	if place == "" || r.line.unique() {
		place = r.line.name
	}
	return fmt.Sprint(r.line.kind, place, r.year)
}

// project is a project of the name as the list has it, or elsewhere if that one is taken.
func (p *planting) project(l *plantedLine) *plantedRow {
	r := &plantedRow{line: l, office: l.office, department: l.office, name: l.name, firm: l.firm}
	for _, town := range towns {
		if strings.Contains(l.name, town) {
			r.town = town
		}
	}
	if found := villageName.FindStringSubmatch(l.name); found != nil {
		r.village = found[1]
	}
	if p.claimed[r.key()] {
		p.otherTown(r)
		p.otherVillage(r)
		p.otherFirm(r)
		if p.otherStretch(r) {
			p.otherRoad(r)
		}
		p.otherSize(r)
	}
	p.settle(r)
	return r
}

// settle says where the project is, who owns it and what it costs.
func (p *planting) settle(r *plantedRow) {
	r.total = p.sum(r)
	r.place = p.placeOf(r)
	switch r.line.owner {
	case "镇":
		r.owner = governmentOf(r.town)
	case "企":
		r.owner = r.firm + pick(p, forms)
		if p.below(3) == 0 {
			r.name = strings.Replace(r.name, r.firm, r.owner, 1)
		}
	case "局":
		r.owner = ownerOf(r.line.office)
	default:
		r.owner = r.line.owner
	}
	if r.firm == "" && !strings.HasPrefix(r.name, "城固") && !strings.HasPrefix(r.name, "县") && p.below(3) == 0 {
		r.name = "城固县" + r.name
	}
}

func governmentOf(town string) string {
	if strings.HasSuffix(town, "街道") {
		return town + "办事处"
	}
	return town + "人民政府"
}

func ownerOf(office string) string {
	switch {
	case strings.HasSuffix(office, "分局"):
		return "汉中市" + office
	case strings.HasSuffix(office, "局"):
		return "城固县" + office
	case strings.HasSuffix(office, "集团"):
		return "城固县" + office + "有限公司"
	}
	return office + "管委会"
}

func (p *planting) sum(r *plantedRow) int {
	n := pick(p, sums)
	if p.below(2) == 0 {
		n += 10 * p.below(n/10)
	}
	switch {
	case r.firm != "":
		n *= 5
	case r.village != "":
		n = 10 + n/10
	}
	return n
}

// placeOf is the town, with the village as often as not; a town that the name only hints at; for
// firms and roads any town; else the county or its seat.
func (p *planting) placeOf(r *plantedRow) string {
	switch {
	case r.village != "" && p.below(2) == 0:
		return r.town + r.village + "村"
	case r.town != "":
		return r.town
	}
	for _, town := range towns {
		if strings.Contains(r.name, stemOf(town)) {
			return town
		}
	}
	switch {
	case r.firm != "" || roadName.MatchString(r.name):
		return pick(p, towns)
	case r.line.office == "航空经济技术开发区":
		return "柳林镇"
	case r.line.office == "三合循环经济产业园区":
		return "三合镇"
	case slices.Contains(rural, r.line.office):
		return "城固县"
	}
	return "城固县城区"
}

func stemOf(town string) string {
	return strings.TrimSuffix(strings.TrimSuffix(town, "镇"), "街道")
}

// otherOffice is another office that may report the project: the town where it is, if there is
// one, oftener than those that look after projects of the whole county.
func (p *planting) otherOffice(r *plantedRow, than string) string {
	of := []string{"发展和改革局", "城市建设投资集团"}
	switch {
	case r.firm != "":
		of = []string{"发展和改革局", "招商服务中心", "三合循环经济产业园区"}
	case r.village != "":
		of = []string{"发展和改革局", "乡村振兴局"}
	}
	for _, town := range towns {
		if strings.HasPrefix(r.place, town) {
			of = append(of, slices.Repeat([]string{town}, 6)...)
		}
	}
	for {
		if office := pick(p, of); office != than {
			return office
		}
	}
}

// otherTown moves a project to another town, and reports whether it has one to be moved from.
func (p *planting) otherTown(r *plantedRow) bool {
	if r.town == "" || r.line.unique() {
		return false
	}
	old := r.town
	for r.town == old {
		r.town = pick(p, towns)
	}
	r.name = strings.Replace(r.name, old, r.town, 1)
	if r.place != "" {
		p.otherVillage(r)
		r.place = p.placeOf(r)
	}
	if r.owner == governmentOf(old) {
		r.owner = governmentOf(r.town)
	}
	return true
}

// otherVillage moves a project to another village of its town. A village is of one town.
func (p *planting) otherVillage(r *plantedRow) bool {
	if r.village == "" {
		return false
	}
	of := slices.Index(towns, r.town)
	n := (len(families)*len(sites) - of) / len(towns)
	at := of + p.below(n)*len(towns)
	old := r.village
	r.village = string(families[at%len(families)]) + "家" + string(sites[at/len(families)])
	r.name = strings.Replace(r.name, old, r.village, 1)
	r.place = strings.Replace(r.place, old, r.village, 1)
	return old != r.village
}

// brandOf is what a firm's name has between its region and its trade, of two characters.
func brandOf(firm string) string {
	for _, region := range regions {
		if rest, found := strings.CutPrefix(firm, region); found {
			return string([]rune(rest)[:len([]rune(rest))-2])
		}
	}
	return firm
}

// otherFirm gives a project to another firm of the trade.
func (p *planting) otherFirm(r *plantedRow) bool {
	if r.firm == "" {
		return false
	}
	p.rename(r, string([]rune{pick(p, fortunes), pick(p, promises)}))
	return true
}

func (p *planting) rename(r *plantedRow, brand string) {
	firm := strings.Replace(r.firm, brandOf(r.firm), brand, 1)
	r.name, r.owner = strings.Replace(r.name, r.firm, firm, 1), strings.Replace(r.owner, r.firm, firm, 1)
	r.firm = firm
}

func (p *planting) otherRoad(r *plantedRow) bool {
	return replaced(&r.name, roadName, fmt.Sprintf("%c%d线", pick(p, []rune("SGX")), 101+p.below(440)))
}

func (p *planting) otherStretch(r *plantedRow) bool {
	from := 1 + p.below(60)
	return replaced(&r.name, chainage, fmt.Sprintf("K%d+%d00—K%d+%d50", from, 1+p.below(9), from+3+p.below(8), 1+p.below(9)))
}

// otherSize changes the first figure of what a works puts out, and what is done to it, so that the
// projects of a kind are as unlike as in the lists.
func (p *planting) otherSize(r *plantedRow) {
	if at := outputOf.FindStringSubmatchIndex(r.name); at != nil {
		r.name = r.name[:at[2]] + fmt.Sprint(1+p.below(9)) + r.name[at[2]+1:]
	}
	if stem, found := strings.CutSuffix(r.name, "建设项目"); found {
		r.name = stem + pick(p, []string{"建设项目", "建设项目", "扩建项目", "改造提升项目", "新建项目", "建设工程"})
	}
}

// replaced puts a word in the place of another, and reports whether that changes the name.
func replaced(name *string, of *regexp.Regexp, word string) bool {
	old := of.FindString(*name)
	if old == "" {
		return false
	}
	*name = strings.Replace(*name, old, word, 1)
	return old != word
}

// newCode is a sound code that no other project has.
func (p *planting) newCode() string {
	for {
		digits := fmt.Sprintf("2%d%02d-610722-04-%02d-%05d", 2+p.below(3), 1+p.below(6), 1+p.below(5), 10000+p.below(90000))
		if !p.claimed[digits] {
			p.claimed[digits] = true
			return digits + string(ledger.CheckDigit(strings.ReplaceAll(digits, "-", "")))
		}
	}
}

// record is the row as its return has it.
func (r *plantedRow) record() ledger.Record {
	return Idea(r.number, r.name, fmt.Sprint(r.total), "place="+r.place, "owner="+r.owner, "department="+r.department,
		"code="+r.code, "package="+r.pack, "is_package="+r.whole)
}

// returns are the returns of the month, by office.
func (p *planting) returns() []*ledger.Return {
	records := map[string][]ledger.Record{}
	for _, r := range p.rows {
		records[r.office] = append(records[r.office], r.record())
	}
	var all []*ledger.Return
	for _, unit := range Chenggu.Units {
		if own := records[unit.Name]; own != nil {
			all = append(all, Sent(June, Reserve, unit.Name, unit.Name, own...))
		}
	}
	return all
}
