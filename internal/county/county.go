// Package county holds what the county decides: its units in their official order, what
// each owes and when, its leaders, fields, thresholds, lights and fonts. The default is
// embedded; an operator may give a file of the same keys. Nothing here is code that a
// county would have to change.
package county

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"huizong/internal/encoded"
	"huizong/internal/ledger"
	"huizong/internal/naming"
)

//go:embed county.toml
var defaults []byte

// A County is the configuration, checked.
type County struct {
	Region     string          `toml:"region"`
	Name       string          `toml:"name"`
	Publisher  string          `toml:"publisher"`
	Stages     []string        `toml:"stages"`
	Fields     []Field         `toml:"field"`
	Groups     []string        `toml:"groups"`
	Trial      []string        `toml:"trial"` // rules on trial (试行), by their codes
	Units      []Unit          `toml:"unit"`
	Leaders    []Leader        `toml:"leader"`
	Forms      map[string]Duty `toml:"form"`
	Due        DayOfMonth      `toml:"due"`
	Lock       DayOfMonth      `toml:"lock"`
	Reserve    Reserve         `toml:"reserve"`
	Amounts    Amounts         `toml:"amounts"`
	Progress   Progress        `toml:"progress"`
	Statistics Statistics      `toml:"statistics"`
	Lights     Lights          `toml:"lights"`
	Scoring    Scoring         `toml:"scoring"`
	Scores     []Score         `toml:"score"`
	Limits     Limits          `toml:"limits"`
	Fonts      Fonts           `toml:"fonts"`
	Bulletin   Bulletin        `toml:"bulletin"`
	DocFonts   DocumentFonts   `toml:"document_fonts"`
	Mail       Mail            `toml:"mail" json:"-"` // decides nothing of a month

	// Spellings are characters that staff write for one another (桔 and 橘): in names each
	// counts as the first of its list.
	Spellings  [][]string `toml:"spellings"`
	Candidates Candidates `toml:"candidates"`

	order     map[string]int    // place of a unit by official name
	known     map[string]string // official name by folded name or alias
	named     map[rune][]string // folded names and aliases by their first character, the longest first
	owing     map[string][]Unit // who owes a form
	fields    map[string]string // official name by folded name or alias
	leaders   map[string]bool   // by folded name
	spell     *strings.Replacer
	gazetteer *naming.Gazetteer // of the towns among the units, by which names of projects are read
	sum       string
}

// A Unit is an office that sends returns.
type Unit struct {
	Name    string   `toml:"name"`
	Aliases []string `toml:"aliases"`
	Group   string   `toml:"group"`
}

// A Leader is a county leader who sees projects through (包抓领导).
type Leader struct {
	Name string `toml:"name"`
	Post string `toml:"post"`
}

// A Field is a kind of project (领域) with the words staff use for it.
type Field struct {
	Name    string   `toml:"name"`
	Aliases []string `toml:"aliases"`
}

// A Duty says who owes a form: units by name, and all units of a group; and what else the
// county decides about it: the thresholds and lists of units that its rules and figures
// name, and the rows that must be there each month.
type Duty struct {
	Units    []string             `toml:"units"`
	Groups   []string             `toml:"groups"`
	Settings map[string]Threshold `toml:"settings"`
	Lists    map[string][]string  `toml:"lists"`
	Roll     []Part               `toml:"roll"`
	// Authority says whose word counts, field by field; of several entries for a field the
	// first that is in force holds.
	Authority []Authority `toml:"authority"`
}

// A Part is a part of a form's roll. Under is what the rows have in the form's first column
// that sets rows apart (方案), blank where it has none; Name is what they are about (方面).
type Part struct {
	Under string     `toml:"under"`
	Name  string     `toml:"name"`
	Rows  []Expected `toml:"rows"`
}

// An Expected row is one that a unit must report each month, by the name of its entity.
type Expected struct {
	Name string `toml:"name"`
	Text string `toml:"text"`
	Unit string `toml:"unit"`
}

// A DayOfMonth is a day counted from the month reported: months_after 0 is the month itself.
type DayOfMonth struct {
	MonthsAfter int `toml:"months_after"`
	Day         int `toml:"day"`
}

// In is the day for a month; a day that the month does not have is its last.
func (d DayOfMonth) In(p ledger.Period) ledger.Date {
	at := p.Add(d.MonthsAfter)
	return ledger.Date{Year: at.Year, Month: at.Month, Day: min(d.Day, at.End().Day)}
}

// Reserve holds the thresholds of 谋划储备项目表.
type Reserve struct {
	Smallest         Money `toml:"smallest"`
	Largest          Money `toml:"largest"`
	SourcesTolerance Money `toml:"sources_tolerance"`
}

// Amounts say from how many times last month's value, or how small a part of it, an amount is
// asked about and held back: the unit may be wrong.
type Amounts struct {
	Total int64 `toml:"total"` // of the total investment of a key project
	Asked int64 `toml:"asked"`
	Held  int64 `toml:"held"`
}

// Progress holds the thresholds of 重点项目建设进展月报表. AdjustmentFrom and AdjustmentTo are
// the first and the last month of 中期调整, in which the year's plans may move. StartedOver says
// over which projects 开工率 is taken: "all", or "new" for those of 新开工 alone.
type Progress struct {
	ShareTolerance Rate   `toml:"share_tolerance"`
	AdjustmentFrom int64  `toml:"adjustment_from"`
	AdjustmentTo   int64  `toml:"adjustment_to"`
	StartedOver    string `toml:"started_over"`
}

// OverNew reports whether 开工率 is taken over the projects of 新开工 alone.
func (p Progress) OverNew() bool { return p.StartedOver == "new" }

// Statistics holds the threshold of the statistics of fixed-asset investment, and the
// months after its start within which a project must be in them.
type Statistics struct {
	Threshold Money `toml:"threshold"`
	Months    int64 `toml:"months"`
}

// Lights are the thresholds of red and yellow. Behind is in points of the year's plan, by
// which completion is behind the year elapsed: yellow above Yellow up to and including Red.
// Start and Statistics count months: from the month due, and since the start.
type Lights struct {
	BehindYellow     Rate  `toml:"behind_yellow"`
	BehindRed        Rate  `toml:"behind_red"`
	StartRed         int64 `toml:"start_red"`
	StatisticsYellow int64 `toml:"statistics_yellow"`
	StatisticsRed    int64 `toml:"statistics_red"`
}

// Limits bound what a stranger's file may cost; a limit hit is a finding that names its
// key. county.toml says what each counts.
type Limits struct {
	File          int64 `toml:"file"`
	Unzipped      int64 `toml:"unzipped"`
	Sheet         int64 `toml:"sheet"`
	SharedStrings int64 `toml:"shared_strings"`
	Styles        int64 `toml:"styles"`
	Other         int64 `toml:"other"`
	Entries       int   `toml:"entries"`
	Cells         int   `toml:"cells"`
	Strings       int   `toml:"strings"`
	Merges        int   `toml:"merges"`
	Formats       int   `toml:"formats"`
	Format        int   `toml:"format"`
	Text          int   `toml:"text"`
	Tag           int   `toml:"tag"`
	Content       int   `toml:"content"`
	Rows          int   `toml:"rows"`
	Findings      int   `toml:"findings"`
	Search        int   `toml:"search"`
	Depth         int   `toml:"depth"`
	Spins         int   `toml:"spins"`
}

// Fonts are the fonts of the leaders' workbooks by role.
type Fonts struct {
	Title      string `toml:"title"`
	Heading    string `toml:"heading"`
	Subheading string `toml:"subheading"`
	Body       string `toml:"body"`
}

// A Bulletin is what stands about the text of 通报 and 交办单 as documents. Blank leaves a part out; a
// blank Signature or Printer is the publisher.
type Bulletin struct {
	Number    string     `toml:"number"`    // 发文字号
	To        string     `toml:"to"`        // 主送
	Signature string     `toml:"signature"` // 署名
	Copies    string     `toml:"copies"`    // 抄送
	Printer   string     `toml:"printer"`   // 印发机关
	Contact   string     `toml:"contact"`   // 附注
	Day       DayOfMonth `toml:"day"`       // 成文日期; day 0 is the day on which returns are due
}

// DocumentFonts are the fonts of documents by role.
type DocumentFonts struct {
	Title      string `toml:"title"`
	Heading    string `toml:"heading"`
	Subheading string `toml:"subheading"`
	Body       string `toml:"body"`
	Number     string `toml:"number"` // of pages
}

// Mail is how reminders are sent by mail. A blank server: they are not.
type Mail struct {
	Server string              `toml:"server"`
	Port   int                 `toml:"port"` // 465 speaks TLS from the start, another has to offer STARTTLS
	User   string              `toml:"user"` // who signs in; blank: nobody does
	From   string              `toml:"from"` // the address that mails come from
	To     map[string][]string `toml:"to"`   // addresses by unit
}

// Signed is who issues the bulletin, and on which day that of a month.
func (c *County) Signed(p ledger.Period) (string, ledger.Date) {
	day := c.Bulletin.Day
	if day.Day == 0 {
		day = c.Due
	}
	return cmp.Or(c.Bulletin.Signature, c.Publisher), day.In(p)
}

// Money is an amount written with its unit: "500万元", "100亿元".
type Money ledger.Money

// UnmarshalText reads the amount; an amount without a unit is refused.
func (m *Money) UnmarshalText(text []byte) error {
	for _, unit := range []struct {
		word  string
		worth ledger.Money
	}{{"亿元", ledger.HundredMillionYuan}, {"万元", ledger.TenThousandYuan}, {"元", ledger.Yuan}} {
		if digits, ok := strings.CutSuffix(string(text), unit.word); ok {
			amount, err := ledger.ParseMoney(digits, unit.worth)
			*m = Money(amount)
			return err
		}
	}
	return fmt.Errorf("%q: write an amount with its unit, like 500万元", text)
}

// Rate is a share written in percent: "10%". It is held in millionths.
type Rate int64

// UnmarshalText reads the rate.
func (r *Rate) UnmarshalText(text []byte) error {
	digits, ok := strings.CutSuffix(string(text), "%")
	n, err := ledger.ParseDecimal(digits, 10_000)
	if !ok || err != nil {
		return fmt.Errorf("%q: write a share in percent, like 10%%", text)
	}
	*r = Rate(n)
	return nil
}

// A Threshold is an amount ("5000万元"), a share ("0.5%") or a number ("3") that the rules
// of a form name.
type Threshold int64

// UnmarshalText reads the threshold: amounts in 分, shares in millionths.
func (t *Threshold) UnmarshalText(text []byte) error {
	var money Money
	var rate Rate
	if money.UnmarshalText(text) == nil {
		*t = Threshold(money)
		return nil
	}
	if rate.UnmarshalText(text) == nil {
		*t = Threshold(rate)
		return nil
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		return fmt.Errorf("%q: write an amount with its unit, a share in percent or a whole number", text)
	}
	*t = Threshold(n)
	return nil
}

// Default is the embedded configuration of 城固县.
func Default() *County {
	c, err := parse("county.toml", defaults, Limits{})
	if err != nil {
		panic(err)
	}
	return c
}

// DefaultText is the embedded county.toml, to start one's own from.
func DefaultText() []byte { return slices.Clone(defaults) }

// Load reads a county's own file. It must name every key of the default: an unknown key,
// a missing or a wrong value is an error that says where; so is an encoding that cannot be told. A limit that it does not name is the
// default's, so that a file goes on being good when the program gets another limit.
func Load(path string) (*County, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("county configuration: %w", err)
	}
	plain, err := encoded.ByHand(text)
	if err != nil {
		return nil, fmt.Errorf("county configuration: %s: %w", path, err)
	}
	return parse(path, []byte(plain), Default().Limits)
}

// parse reads a county; limits are those that the text does not name.
func parse(path string, text []byte, limits Limits) (*County, error) {
	c := &County{Limits: limits}
	decoder := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields()
	if err := decoder.Decode(c); err != nil {
		return nil, fmt.Errorf("%s: %w", path, placed(err, text))
	}
	if err := c.check(); err != nil {
		return nil, errors.Join(errors.New(path+":"), err)
	}
	decides, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	sum := sha256.Sum256(decides)
	c.sum = hex.EncodeToString(sum[:])
	return c, nil
}

// placed adds line, column and key to what the decoder found in a text. It looks at bytes: a character that TOML does not
// know, often one that nobody sees, is told here.
func placed(err error, text []byte) error {
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) {
		first := unknown.Errors[0]
		row, column := first.Position()
		return fmt.Errorf("line %d, column %d: unknown key %s", row, column, strings.Join(first.Key(), "."))
	}
	var wrong *toml.DecodeError
	if !errors.As(err, &wrong) {
		return err
	}
	row, column := wrong.Position()
	stands, _ := utf8.DecodeRune(bytes.Split(text, []byte("\n"))[row-1][column-1:])
	switch {
	case len(wrong.Key()) > 0:
		return fmt.Errorf("line %d, column %d: %s: %w", row, column, strings.Join(wrong.Key(), "."), err)
	case stands >= utf8.RuneSelf && stands != utf8.RuneError:
		return fmt.Errorf("line %d, column %d: %q may stand in quotation marks alone: remove it or write it in half width", row, column, stands)
	}
	return fmt.Errorf("line %d, column %d: %w", row, column, err)
}

// SHA256 is the hash of all that the configuration decides: part of a run's rule version. Comments and addresses are not.
func (c *County) SHA256() string { return c.sum }

// Unit finds a unit by its official name or any alias, however it is spaced.
func (c *County) Unit(name string) (Unit, bool) {
	official, ok := c.known[c.foldUnit(name)]
	if !ok {
		return Unit{}, false
	}
	return c.Units[c.order[official]], true
}

// Near are the names of the units that a text may mean which names none, in the official order.
func (c *County) Near(text string) (names []string) {
	folded := foldOffice(text)
	for _, unit := range c.Units {
		if slices.ContainsFunc(append([]string{unit.Name}, unit.Aliases...), func(name string) bool {
			return naming.Similar(foldOffice(name), folded)
		}) {
			names = append(names, unit.Name)
		}
	}
	return names
}

// FirstUnit finds the first unit known of those that a text names: 责任单位 may name several.
func (c *County) FirstUnit(text string) (Unit, bool) {
	for _, name := range append([]string{text}, ledger.Names(text)...) {
		if unit, known := c.Unit(name); known {
			return unit, true
		}
	}
	return Unit{}, false
}

// foldUnit folds a unit's name and drops the county's own name before it.
func (c *County) foldUnit(name string) string {
	folded := foldOffice(name)
	for _, place := range c.places() {
		if rest, ok := strings.CutPrefix(folded, place); ok {
			if _, known := c.known[rest]; known {
				return rest
			}
		}
	}
	return folded
}

// Order is the place of a unit in the official order; units that are not listed come last.
func (c *County) Order(name string) int {
	if at, ok := c.order[name]; ok {
		return at
	}
	return len(c.Units)
}

// Owes are the units that owe a form, in the official order.
func (c *County) Owes(form string) []Unit { return c.owing[form] }

// shareOut works out once who owes what.
func (c *County) shareOut() {
	c.owing = map[string][]Unit{}
	for form, duty := range c.Forms {
		for _, unit := range c.Units {
			if slices.Contains(duty.Units, unit.Name) || slices.Contains(duty.Groups, unit.Group) {
				c.owing[form] = append(c.owing[form], unit)
			}
		}
	}
}

// Field gives the official name of a field of projects; false if the county has no such.
func (c *County) Field(text string) (string, bool) {
	official, known := c.fields[ledger.Fold(text)]
	return official, known
}

// Official gives the official name of the unit that a text names, if it stands on a form's
// list of units, such as obstacles.support; blank if it does not.
func (c *County) Official(list, name string) string {
	form, list, _ := strings.Cut(list, ".")
	unit, known := c.Unit(name)
	if !known || !slices.Contains(c.Forms[form].Lists[list], unit.Name) {
		return ""
	}
	return unit.Name
}

// Settings are the thresholds by the names that the rules of the forms use; those of a
// form's own entry are led by its name.
func (c *County) Settings() map[string]int64 {
	settings := map[string]int64{
		"reserve.smallest":          int64(c.Reserve.Smallest),
		"reserve.largest":           int64(c.Reserve.Largest),
		"reserve.sources_tolerance": int64(c.Reserve.SourcesTolerance),
		"amounts.total":             c.Amounts.Total,
		"amounts.asked":             c.Amounts.Asked,
		"amounts.held":              c.Amounts.Held,
		"progress.share_tolerance":  int64(c.Progress.ShareTolerance),
		"progress.adjustment_from":  c.Progress.AdjustmentFrom,
		"progress.adjustment_to":    c.Progress.AdjustmentTo,
		"statistics.threshold":      int64(c.Statistics.Threshold),
		"statistics.months":         c.Statistics.Months,
		"lights.behind_yellow":      int64(c.Lights.BehindYellow),
	}
	for form, duty := range c.Forms {
		for name, threshold := range duty.Settings {
			settings[form+"."+name] = int64(threshold)
		}
	}
	return settings
}

// KnownLeader reports whether a name is on the roster of leaders.
func (c *County) KnownLeader(name string) bool {
	return c.leaders[ledger.Fold(name)]
}

// foldPlace folds where a project is; the county as a whole says nothing of it.
func (c *County) foldPlace(text string) string {
	place := c.FoldName(text)
	switch {
	case slices.Contains(seats, place):
		return seats[0]
	case ledger.Fold(text) == c.Name, place == "县", place == "全县", place == "县域":
		return ""
	}
	return place
}

// seats are the ways to write the seat of a county, folded.
var seats = strings.Fields("城区 县城 城 县城区 县城城区 中心城区 主城区 老城区")

// Identify is what a row is known by: names folded, an owner that is a unit by its official name.
func (c *County) Identify(said naming.Said) naming.Identity {
	if name, short := ledger.Fold(said.Name), strings.TrimSuffix(c.Name, "县"); strings.HasPrefix(name, short) && !strings.HasPrefix(name, c.Name) {
		said.Home = short
	}
	said.Name, said.Place = c.FoldName(said.Name), c.foldPlace(said.Place)
	if unit, known := c.Unit(said.Owner); known {
		said.Owner = unit.Name
	}
	said.Owner = c.FoldName(said.Owner)
	apart := make([]string, len(said.Apart))
	for i, word := range said.Apart {
		apart[i] = c.FoldName(word)
	}
	said.Apart = apart
	return c.gazetteer.Identify(said)
}

// FoldName folds what writing varies and meaning does not: width, blanks, brackets, the
// county's own name in front, the legal form of a company, characters that are written for
// one another (桔, 橘). 一期 and 二期, sections and years are part of a name and stay.
func (c *County) FoldName(name string) string {
	folded := ledger.Fold(name)
	for _, prefix := range []string{"陕西省", "汉中市", c.Name, strings.TrimSuffix(c.Name, "县")} {
		if rest := strings.TrimPrefix(folded, prefix); rest != "" {
			folded = rest
		}
	}
	return c.spell.Replace(ledger.WithoutLegalForm(folded))
}
