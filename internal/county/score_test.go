package county

import (
	"strings"
	"testing"
)

// TestDefaultScheme: the built-in scheme says whose it is, covers every group and lists every
// measure that a county may take.
func TestDefaultScheme(t *testing.T) {
	c := Default()
	if !strings.Contains(c.Scoring.Basis, "未经县上确认") {
		t.Errorf("basis %q does not say that it is a default", c.Scoring.Basis)
	}
	for _, group := range c.Groups {
		if len(c.ScoresOf(group)) == 0 {
			t.Errorf("%s is not scored", group)
		}
	}
	comment, _, _ := strings.Cut(string(DefaultText()), "[scoring]")
	for _, m := range Indicators {
		name := m.Name
		if m.Fewer {
			name += "*"
		}
		if !strings.Contains(comment, " "+name+" ") && !strings.Contains(comment, " "+name+"\n") {
			t.Errorf("county.toml does not list %s", name)
		}
	}
}

// What a scheme may get wrong, and where the message must point.
func TestSchemeSaysWhere(t *testing.T) {
	for _, test := range []struct{ name, old, new, want string }{
		{"points without a unit", `weight = "30分"`, `weight = "30"`, `score.weight: toml: "30": write points`},
		{"points too fine", `step = "0.5分"`, `step = "0.005分"`, "score.step"},
		{"weights that do not add up", `weight = "30分"`, `weight = "25分"`, "score: the weights of 部门 add up to 95分, not 100分"},
		{"no such measure", `measure = "开工率"`, `measure = "开工比率"`, `score[3] 项目开工: measure "开工比率" is not among`},
		{"no such method", `method = "bands"`, `method = "band"`, `score[12] 按时报送: method "band" is none of`},
		{"no such group", `groups = ["镇街"]`, `groups = ["乡镇"]`, `score[7] 储备个数: group "乡镇"`},
		{"no groups", `groups = ["镇街"]`, `groups = []`, "score[7] 储备个数: groups is missing"},
		{"one name twice in a group", `name = "储备投资"`, `name = "储备个数"`, "score[8] 储备个数: the name stands twice for 镇街"},
		{"a key of another method", `target = "50%"`, `step = "1分"`, "score[9] 储备开工: step is no key of the method ratio"},
		{"a target of another kind", `target = "50%"`, `target = "3"`, "target: 储备项目开工率 is measured by a share, like 80%, above 0"},
		{"a target of nothing", `target = "50%"`, `target = "0%"`, "above 0"},
		{"a target that is no value", `target = "50%"`, `target = "一半"`, "score.target"},
		{"a number without a target", `measure = "储备项目开工率"` + "\n" + `groups = ["镇街"]` + "\n" + `weight = "20分"` + "\n" + `method = "ratio"` + "\n" + `target = "50%"`,
			`measure = "储备项目个数"` + "\n" + `groups = ["镇街"]` + "\n" + `weight = "20分"` + "\n" + `method = "ratio"`, "target is missing: 储备项目个数"},
		{"ratio of what should be few", `measure = "开工率"`, `measure = "红灯项目占比"`, "score[3] 项目开工: ratio: of 红灯项目占比 fewer is better"},
		{"rank without a step", `step = "0.5分"`, ``, "score[2] 年度计划完成: step is missing"},
		{"bands out of order", `{ at = "80%", points = "6分" }`, `{ at = "40%", points = "6分" }`, "score[12] 按时报送: bands[3]: bands go from the best down: 50% after 40%"},
		{"bands that rise", `{ at = "80%", points = "6分" }`, `{ at = "80%", points = "11分" }`, "11分 after 10分"},
		{"bands of another kind", `{ at = "80%", points = "6分" }`, `{ at = "80", points = "6分" }`, "bands[2]: at: 报送按时率 is measured by a share"},
		{"the best band is not the weight", `{ at = "100%", points = "10分" }`, `{ at = "100%", points = "9分" }`, "the best band earns the weight, 10分, not 9分"},
		{"each of a share", `measure = "滞后任务数"`, `measure = "任务完成率"`, "each: 任务完成率 is a share"},
		{"each without points", `each = "-2分"`, ``, "score[6] 任务推进: each is missing"},
		{"weight and limit", `each = "-2分"`, "each = \"-2分\"\nlimit = \"3分\"", "a weight, or a limit for extra points"},
		{"no weight", `weight = "30分"`, ``, "score[1] 投资进度: weight is missing"},
		{"no such tie", `ties = ["年度计划完成率"`, `ties = ["完成率"`, `scoring.ties: "完成率" is no measure`},
		{"an alias left out", `exclude = []`, `exclude = ["发改局"]`, `scoring.exclude: "发改局" is no unit's official name`},
		{"a share beyond all", `least = "50%"`, `least = "101%"`, "scoring.least"},
		{"nobody's scheme", `basis = "系统默认方案；指标、权重和计分办法未经县上确认，仅供参考"`, ``, "scoring.basis: is missing"},
	} {
		t.Run(test.name, func(t *testing.T) { loadChanged(t, test.old, test.new, test.want) })
	}
}

// TestFewerInBands: of what should be few the best band is the lowest.
func TestFewerInBands(t *testing.T) {
	for _, test := range []struct {
		name     string
		first    int64
		rejected bool
	}{{"from the lowest", 0, false}, {"from the highest", 5, true}} {
		t.Run(test.name, func(t *testing.T) {
			c := Default()
			c.Scores = []Score{{Name: "滞后", Indicator: "滞后任务数", Groups: c.Groups, Weight: 100 * Point, Method: ByBands,
				Bands: []Band{{Mark{Count, test.first}, 100 * Point}, {Mark{Count, 2}, 50 * Point}}}}
			if err := c.check(); (err != nil) != test.rejected {
				t.Errorf("error %v, want one: %t", err, test.rejected)
			}
		})
	}
}

// TestNoScheme: a county need not rate anybody.
func TestNoScheme(t *testing.T) {
	c := Default()
	c.Scores = nil
	if err := c.check(); err != nil {
		t.Error(err)
	}
}
