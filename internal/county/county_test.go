package county

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"huizong/internal/encoded/encodedtest"
	"huizong/internal/ledger"
	"huizong/internal/naming"
)

func TestDefault(t *testing.T) {
	c := Default()
	if c.Region != "610722" || len(c.Leaders) != 32 || len(c.Owes("reserve")) != 39 {
		t.Errorf("region %s, %d leaders, %d units owe the reserve form; want 610722, 32, 39", c.Region, len(c.Leaders), len(c.Owes("reserve")))
	}
}

func TestUnit(t *testing.T) {
	c := Default()
	for written, official := range map[string]string{
		"交通运输局":   "交通运输局",
		"县交通局":    "交通运输局",
		"城固县交通局":  "交通运输局",
		" 交 通 局 ": "交通运输局",
		"橘园镇":     "桔园镇",
		"城固县发改局":  "发展和改革局",
		"１２３４５热线": "12345热线办",
		"外县交通":    "",
	} {
		unit, ok := c.Unit(written)
		if unit.Name != official || ok != (official != "") {
			t.Errorf("Unit(%q) = %q, want %q", written, unit.Name, official)
		}
	}
}

func TestDayOfMonth(t *testing.T) {
	june, february := ledger.Period{Year: 2024, Month: 6}, ledger.Period{Year: 2023, Month: 2}
	for _, test := range []struct {
		name   string
		day    DayOfMonth
		period ledger.Period
		want   string
	}{
		{"in the month itself", DayOfMonth{0, 25}, june, "2024-06-25"},
		{"in the month after", DayOfMonth{1, 10}, june, "2024-07-10"},
		{"a day the month does not have", DayOfMonth{0, 31}, february, "2023-02-28"},
		{"over the year", DayOfMonth{1, 5}, ledger.Period{Year: 2024, Month: 12}, "2025-01-05"},
	} {
		if got := test.day.In(test.period).String(); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// A county's file is read in whatever encoding it was saved.
func TestLoadOfAnyEncoding(t *testing.T) {
	text := string(DefaultText())
	path := filepath.Join(t.TempDir(), "county.toml")
	for name, data := range encodedtest.Ways(text) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if c, err := Load(path); err != nil || c.SHA256() != Default().SHA256() {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What TOML does not know is said to be there, and where, and so that one sees it.
func TestLoadTellsWhatIsWrong(t *testing.T) {
	path := filepath.Join(t.TempDir(), "county.toml")
	for _, test := range []struct{ name, text, want string }{
		{"an unknown encoding", "name = \"\xFF\"", "its encoding cannot be told (neither UTF-8 nor GB18030): save it as UTF-8"},
		{"an invisible character", "\u200Bregion = \"610722\"", `line 1, column 1: '\u200b' may stand in quotation marks alone`},
		{"a mark within", "region = \"610722\"\n\uFEFFname = \"县\"", `line 2, column 1: '\ufeff' may stand`},
		{"a wide blank", "region\u3000= \"610722\"", `line 1, column 7: '\u3000' may stand`},
		{"wide quotation marks", "region = “610722”", `line 1, column 10: '“' may stand`},
		{"no key", "= 1", "line 1, column 1: toml: invalid character at start of key"},
		{"an end too early", "region", "line 1, column 6: toml: expected"},
		{"a value of another kind", "region = 610722", "line 1, column 10: region: toml: "},
	} {
		if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Load(path)
		if err == nil || !strings.Contains(err.Error(), path+": ") || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), ": : ") {
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		}
	}
	for end := 0; end < len(defaults); end += 211 { // wherever the file is cut
		if _, err := parse("county.toml", defaults[:end], Limits{}); err != nil && strings.Contains(err.Error(), ": : ") {
			t.Errorf("%d bytes: %v", end, err)
		}
	}
}

// A file of before the program had a limit goes on being good: the limit is the default's.
func TestALimitLeftOutIsTheDefaults(t *testing.T) {
	const line = "rows = 5_000"
	text := string(DefaultText())
	if !strings.Contains(text, line) {
		t.Fatal("the default has no such limit")
	}
	path := filepath.Join(t.TempDir(), "county.toml")
	if err := os.WriteFile(path, []byte(strings.Replace(text, line, "", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	own, err := Load(path)
	if err != nil || own.Limits != Default().Limits {
		t.Errorf("%+v, %v", own, err)
	}
}

// What an operator may get wrong, and where the message must point.
func TestLoadSaysWhere(t *testing.T) {
	for _, test := range []struct{ name, old, new, want string }{
		{"unknown key", `region = "610722"`, "region = \"610722\"\nregoin = \"1\"", "unknown key regoin"},
		{"line of an unknown key", `region = "610722"`, "regoin = \"610722\"", "line 7"},
		{"amount without unit", `smallest = "10万元"`, `smallest = "10"`, "reserve.smallest"},
		{"share without percent", `behind_yellow = "10%"`, `behind_yellow = "10"`, "lights.behind_yellow"},
		{"lights the wrong way round", `behind_red = "30%"`, `behind_red = "5%"`, "lights: 0% < behind_yellow < behind_red"},
		{"a limit of none", `merges = 50_000`, `merges = 0`, "limits.merges: must be given"},
		{"missing value", `name = "城固县"`, ``, "name: is missing"},
		{"one alias for two units", `aliases = ["科技局", "科技"]`, `aliases = ["科技局", "交通局"]`, `"交通局" is also`},
		{"unit of no group", "name = \"统计局\"\naliases = [\"县统计局\"]\ngroup = \"部门\"", "name = \"统计局\"\naliases = [\"县统计局\"]\ngroup = \"科室\"", `group "科室"`},
		{"a threshold of a form without its unit", `large = "5000万元"`, `large = "5000万"`, "form.statistics.settings"},
		{"a list of a form with an alias", `support = ["发展和改革局"`, `support = ["发改局"`, `form.obstacles.lists.support: "发改局"`},
		{"an authority of nobody", `order = ["行政审批服务局", "发展和改革局", "responsible"`, `order = ["审批局", "responsible"`, `form.reserve.authority[2].order: "审批局"`},
		{"an authority without its order", "fields = [\"total\"]", "", "form.reserve.authority[2]: fields and order"},
		{"an authority that ends before it begins", "fields = [\"total\"]", "fields = [\"total\"]\nfrom = \"2024-07\"\nto = \"2024-06\"", "to is before from"},
		{"an authority from no month", "fields = [\"total\"]", "fields = [\"total\"]\nfrom = \"7月\"", "form.reserve.authority"},
		{"a score beyond certainty", "within = 80", "within = 101", "candidates: 0 < between"},
		{"a character that is spelled as two", `["桔", "橘"]`, `["桔", "橘"], ["橘", "吉"]`, `spellings: "橘"`},
		{"a form owed by nobody's name", `units = ["发展和改革局", "经济贸易局", "教育体育局", "科学技术局"`, `units = ["发改局"`, `form.reserve.units: "发改局"`},
	} {
		t.Run(test.name, func(t *testing.T) { loadChanged(t, test.old, test.new, test.want) })
	}
}

// loadChanged loads the built-in county.toml with one text in the place of another, and wants
// the error to say something.
func loadChanged(t *testing.T, old, changed, want string) {
	t.Helper()
	good := string(DefaultText())
	if !strings.Contains(good, old) {
		t.Fatalf("the default no longer holds %q", old)
	}
	path := filepath.Join(t.TempDir(), "county.toml")
	if err := os.WriteFile(path, []byte(strings.Replace(good, old, changed, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want an error that says %q", err, want)
	}
}

func TestSettingsOfForms(t *testing.T) {
	settings := Default().Settings()
	if settings["statistics.large"] != int64(5000*ledger.TenThousandYuan) || settings["statistics.threshold"] != int64(500*ledger.TenThousandYuan) {
		t.Errorf("settings: %v", settings)
	}
	for text, want := range map[string]Threshold{"5000万元": Threshold(5000 * ledger.TenThousandYuan), "0.5%": 5000, "3": 3} {
		var got Threshold
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%s is %d (%v), want %d", text, got, err, want)
		}
	}
}

func TestOfficial(t *testing.T) {
	c := Default()
	for name, want := range map[string]string{"县资源局": "自然资源局", "林业局": "林业局", "交通局": "", "某局": ""} {
		if got := c.Official("obstacles.support", name); got != want {
			t.Errorf("%s is %q among the units of 要素保障, want %q", name, got, want)
		}
	}
	if got := c.Official("no.such", "林业局"); got != "" {
		t.Errorf("on no list: %q", got)
	}
}

// Only rules can be on trial that hold back no more than a field.
func TestTrialIsChecked(t *testing.T) {
	for id, effect := range map[string]ledger.Effect{"V97": ledger.HoldField, "V98": ledger.RejectRow, "C97": ledger.Accept} {
		code := ledger.Declare(id, ledger.Error, effect, ledger.Level1, "test", ledger.Zh("", ""), ledger.En("", ""))
		c := Default()
		c.Trial = []string{id}
		if err := c.check(); (err == nil) != code.MayBeTried() || (err == nil) != (id == "V97") {
			t.Errorf("%s: %v", id, err)
		}
	}
	c := Default()
	c.Trial = []string{"V999"}
	if err := c.check(); err == nil || !strings.Contains(err.Error(), `"V999" is no rule`) {
		t.Error(err)
	}
}

// What is wrong with a roll is said with its place.
func TestRollIsChecked(t *testing.T) {
	roll := func(rows ...Expected) map[string]Duty {
		return map[string]Duty{"dispatch": {Units: []string{"统计局"}, Roll: []Part{{Under: "督查", Name: "一", Rows: rows}}}}
	}
	for _, test := range []struct {
		name  string
		forms map[string]Duty
		want  string
	}{
		{"good", roll(Expected{"1", "甲", "统计局"}, Expected{"2", "乙", "统计局"}), ""},
		{"twice", roll(Expected{"1", "甲", "统计局"}, Expected{" 1", "乙", "统计局"}), `"` + " 1" + `" is missing or stands twice`},
		{"a unit that does not owe", roll(Expected{"1", "甲", "水利局"}), `form.dispatch.roll[1] 一: 1: "水利局" does not owe the form`},
		{"no rows", roll(), "name and rows must be given"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := Default()
			c.Forms = test.forms
			err := c.check()
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v, want an error that says %q", err, test.want)
			}
		})
	}
}

// A field that a form does not have is said with its form.
func TestCheckFields(t *testing.T) {
	if err := Default().CheckFields(func(form, field string) bool { return form != "reserve" || field != "secured" }); err == nil ||
		!strings.Contains(err.Error(), `form.reserve.authority: the form has no field "secured"`) {
		t.Errorf("got %v", err)
	}
}

// Characters that are written for one another make one name; stages, sections and years never.
func TestFoldNameSpelling(t *testing.T) {
	c := Default()
	if a, b := c.FoldName("城固县橘园镇　路网（一期）"), c.FoldName("桔园镇路网(一期)"); a != b {
		t.Errorf("%s and %s", a, b)
	}
	for _, other := range []string{"桔园镇路网（二期）", "桔园镇路网", "桔园镇路网一标段", "2023年桔园镇路网"} {
		if c.FoldName(other) == c.FoldName("桔园镇路网（一期）") {
			t.Errorf("%s is folded away", other)
		}
	}
}

// What a row is known by does not depend on how it is written; names are read by the county's own towns.
func TestIdentify(t *testing.T) {
	c := Default()
	a := c.Identify(naming.Said{Name: "城固县橘园镇青龙村路网（一期）", Owner: "县交通局", Place: "橘园镇", Apart: []string{"甲 方案"}})
	b := c.Identify(naming.Said{Name: "桔园镇青龙村路网(一期)", Owner: "交通运输局", Place: "城固县桔园镇", Apart: []string{"甲方案"}})
	if a.Key() != b.Key() || a.Place.Text != b.Place.Text || a.Bond(b) != naming.NameAndOwner {
		t.Errorf("%q at %q is not %q at %q", a.Key(), a.Place.Text, b.Key(), b.Place.Text)
	}
	if n := a.Parts(); !slices.Equal(n.Towns, []string{"桔园镇"}) || !slices.Equal(n.Villages, []string{"青龙"}) || n.Marks[naming.Stage] != "1" {
		t.Errorf("it reads as %+v", n)
	}
	if towns := a.Place.Towns(); !slices.Equal(towns, []string{"桔园镇"}) {
		t.Errorf("its place is in %v", towns)
	}
}

// Files are named after units: a name that no system can give a file is refused.
func TestNamesOfFiles(t *testing.T) {
	for name, fits := range map[string]bool{
		"水利局": true, "城固县 水利局（办）": true, "水利/局": false, `水利\局`: false, "../水利局": false, "水利局:": false, "水利局.": false, " 水利局": false,
		"水利\x01局": false, "水利\u202e局": false, "水利\x7f局": false, "水利\xff局": false, "..": false, "水利局 ": false, "水利\u3000局": true,
		"CON": false, "nul.水利": false, "Com1": false, "lpt³ .x": false, "COM": true, "COM12": true, "CONSOLE": true,
		strings.Repeat("局", longestName): true, strings.Repeat("局", longestName+1): false,
	} {
		if namesFile(name) != fits {
			t.Errorf("%q: %v", name, !fits)
		}
	}
}

// A unit is near a text that is a part of one of its names, or has much of one.
func TestNear(t *testing.T) {
	for text, want := range map[string][]string{
		"运输局": {"交通运输局"}, "交通管理局": {"交通运输局", "应急管理局", "城市管理局"}, "城固县水利": {"水利局"}, "张三": nil, "": nil,
	} {
		if got := Default().Near(text); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
