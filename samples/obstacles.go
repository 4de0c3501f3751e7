package samples

import (
	"fmt"
	"slices"

	"huizong/internal/ledger"
)

// ledgers says how many problems the ledger of each unit takes up in a year. Units with key
// projects raise their own; the other 要素保障 units keep what came to them.
var ledgers = []struct {
	unit     string
	problems int
}{
	{"发展和改革局", 6}, {"经济贸易局", 14}, {"教育体育局", 6}, {"自然资源局", 11}, {"生态环境局城固分局", 6}, {"住房和城乡建设局", 14}, {"交通运输局", 14},
	{"水利局", 11}, {"农业农村局", 10}, {"林业局", 6}, {"文化和旅游局", 8}, {"卫生健康局", 6}, {"城市管理局", 6}, {"行政审批服务局", 9}, {"城市建设投资集团", 9},
	{"三合循环经济产业园区", 8}, {"航空经济技术开发区", 8},
}

// snags are what holds projects up, in turn, and which unit has to deal with it: each of the
// six 要素保障 units.
var snags = []struct{ kind, unit, helper, text, measure string }{
	{"用地", "自然资源局", "乡村振兴局", "建设用地指标尚未落实，报批材料需补正", "已组织补正材料，用地指标已统筹安排"},
	{"手续", "行政审批服务局", "住房和城乡建设局", "施工许可办理缺少图审意见，进度受影响", "实行并联审批，容缺受理，已核发许可"},
	{"资金", "发展和改革局", "财政局", "专项债券资金到位慢，影响工程款支付", "已对接上级部门，资金分批下达"},
	{"征拆", "自然资源局", "住房和城乡建设局", "红线内尚有房屋未签订补偿协议", "镇街入户协商，已签订协议"},
	{"林地", "林业局", "自然资源局", "占用林地审核同意书未取得", "已上报市级审核并取得批复"},
	{"水电气路", "住房和城乡建设局", "交通运输局", "施工用水和临时道路未接通", "协调供水企业接入，临时道路已贯通"},
	{"手续", "生态环境局城固分局", "行政审批服务局", "环评报告需修改后重新审查", "专人指导修改，已通过审查"},
	{"开复工", "发展和改革局", "住房和城乡建设局", "节后施工队伍进场不足，未能全面复工", "督促施工单位增加人员，已全面复工"},
	{"投资入统", "发展和改革局", "统计局", "入统资料不齐，尚未申报入库", "会同统计部门现场指导，资料已齐全"},
	{"其他", "住房和城乡建设局", "城市管理局", "弃土场地未确定，土方外运受阻", "已确定弃土场地并办理手续"},
}

// A problem is an obstacle through the year. It is raised in a month of the year (of last
// year, up to 0), and struck off in another; 13 is not this year.
type problem struct {
	number, project, code, leader, raisedBy string
	place                                   int // among the unit's
	snag                                    int
	raised, day, closes                     int
	late                                    bool // its deadline passes before it is struck off
	nobodys                                 bool // its project is in no return
	checker                                 string
}

func tellObstacles(s *scene) *telling {
	t := newTelling()
	works, reserve := s.works(), planReserve(s)
	for order, office := range ledgers {
		own := worksOf(works, office.unit)
		for i := range office.problems {
			p := s.problem(order, i, office.problems, office.unit)
			switch at := p.snag * 7; {
			case len(own) > 0:
				p.about(s, own[i%len(own)])
			case i%3 == 2:
				town := offices[20+at%17].unit
				plan := reserve.plans[town][1]
				p.project, p.leader, p.raisedBy = plan.name, plan.leader, town
			default:
				p.about(s, works[(at+order*11)%len(works)])
			}
			if p.nobodys {
				p.project, p.code = "城区弃土消纳场及配套道路工程", ""
			}
			if p.raised <= s.month() && p.closes >= s.month() {
				s.sayObstacle(t, office.unit, p)
			}
		}
	}
	shareObstacle(t, "交通运输局", "自然资源局")
	t.figures["obstacles.units"] = int64(len(s.county.Forms["obstacles"].Lists["support"]))
	return t
}

func worksOf(works []*work, unit string) []*work {
	var own []*work
	for _, w := range works {
		if w.unit == unit {
			own = append(own, w)
		}
	}
	return own
}

// problem is when a unit's problem comes and goes: problems come all the time, live for two
// to six months, and an eighth of them longer than they may.
func (s *scene) problem(order, i, of int, unit string) *problem {
	d := roll(s.seed, "堵点", unit, fmt.Sprint(i))
	p := &problem{number: fmt.Sprintf("堵%d-%02d%02d", s.period.Year, order+1, i+1), place: i, snag: (i + order*3) % len(snags), checker: person(d),
		raised: (i*15+order%5)/of - 2, day: d.between(2, 12), late: (i+order)%8 == 3, nobodys: unit == "行政审批服务局" && i == 2}
	p.closes = min(p.raised+2+(i*3+order)%5, 13)
	if p.nobodys {
		p.closes = 13
	}
	if quietLedger(unit) { // nothing comes and goes in June
		if p.raised == 6 {
			p.raised = 7
		}
		if p.closes == 6 || p.closes == 5 {
			p.closes = 7
		}
	}
	return p
}

// quietLedger units send nothing in June, or say that nothing has changed.
func quietLedger(unit string) bool { return unit == "教育体育局" || unit == "卫生健康局" }

// about ties a problem to a key project and its unit.
func (p *problem) about(s *scene, w *work) {
	p.project, p.code, p.leader, p.raisedBy = w.name, string(w.code), s.leader(w), w.unit
}

// sayObstacle adds the row of a problem with what it counts for.
func (s *scene) sayObstacle(t *telling, unit string, p *problem) {
	r := s.obstacleRecord(p)
	count := map[bool]string{true: "obstacles.new", false: "obstacles.opening"}
	t.figures[count[p.raised == s.month()]]++
	count = map[bool]string{true: "obstacles.closed", false: "obstacles.open"}
	t.figures[count[p.closes == s.month()]]++
	var troubles []*trouble
	if deadline := obs.Deadline.Of(&r); p.closes > s.month() && deadline.String() < s.period.End().String() {
		troubles = append(troubles, &trouble{codes: "V55", what: "已过办结时限，尚未销号", at: obs.Deadline.Column})
	}
	if p.nobodys {
		troubles = append(troubles, &trouble{codes: "M20", what: "所涉及的项目各单位都没有报", at: obs.Project.Column})
	}
	t.say(unit, r, troubles...)
}

// shareObstacle lets the unit that deals with a problem report it, too: the first one that
// stands. Its row counts.
func shareObstacle(t *telling, from, to string) {
	i := slices.IndexFunc(t.rows[from], func(r ledger.Record) bool { return obs.Department.Of(&r) == to })
	if i < 0 {
		return
	}
	var also []*trouble
	for _, told := range t.told[from] {
		if told.row == i {
			also = append(also, told.trouble)
		}
	}
	t.say(to, t.rows[from][i], also...)
	t.told[from] = append(t.told[from], told{i, reportedTwice(obs.Number)})
}

// obstacleRecord is what the problem's row says in the month.
func (s *scene) obstacleRecord(p *problem) ledger.Record {
	r := ledger.Record{}
	snag := snags[p.snag]
	put(&r, obs.Number, p.number)
	put(&r, obs.Project, p.project)
	if p.code != "" {
		put(&r, obs.Code, p.code)
	}
	put(&r, obs.Kind, snag.kind)
	put(&r, obs.Description, snag.text)
	put(&r, obs.RaisedBy, p.raisedBy)
	put(&r, obs.Raised, s.day(p.raised, p.day).String())
	put(&r, obs.Leader, p.leader)
	put(&r, obs.Department, snag.unit)
	put(&r, obs.Helpers, snag.helper)
	deadline := s.day(p.closes, 31)
	if p.late {
		deadline = s.day(p.raised+1, 20)
	}
	put(&r, obs.Deadline, deadline.String())
	s.state(&r, p)
	return r
}

// state gives what has become of the problem: taken up and assigned in its first month,
// in every other case solved in the month before it is struck off.
func (s *scene) state(r *ledger.Record, p *problem) {
	first, solved := p.raised == s.month(), p.closes-p.place%2
	accepted := s.day(p.raised, p.day+1)
	state := "办理中"
	if first {
		state = [...]string{"受理", "交办", "办理中"}[p.place%3]
	}
	put(r, obs.Accepted, accepted.String())
	if state != "受理" {
		put(r, obs.Assigned, s.day(p.raised, p.day+3).String())
	}
	switch snag := snags[p.snag]; {
	case s.month() >= solved && p.closes <= 12:
		state = "已解决待核"
		put(r, obs.Measures, snag.measure)
		put(r, obs.Solved, s.day(solved, 13).String())
	case !first && p.place%7 == 6:
		state = "延期"
		put(r, obs.Remark, "报批时间较长，经包抓领导同意延期")
	case !first && p.closes == 13 && p.place%3 == 1:
		state = "无法办理"
		put(r, obs.Measures, "与现行国土空间规划不符，待规划调整后再办")
	}
	if s.month() == p.closes {
		state = "销号"
		put(r, obs.Closed, s.day(p.closes, 15).String())
		put(r, obs.Checker, p.checker)
	}
	put(r, obs.State, state)
}
