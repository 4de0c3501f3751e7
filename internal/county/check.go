package county

import (
	"cmp"
	"errors"
	"fmt"
	"net/mail"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// check proves what the decoder cannot: every value present and in range, every name known
// once. All that is wrong is said at once.
func (c *County) check() error {
	var wrong []error
	require := func(holds bool, where, format string, args ...any) {
		if !holds {
			wrong = append(wrong, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...)))
		}
	}
	require(len(c.Region) == 6 && strings.Trim(c.Region, "0123456789") == "", "region", "%q is not a six-digit division code", c.Region)
	require(c.Name != "" && namesFile(c.Name), "name", "is missing, or cannot name a file")
	require(c.Publisher != "", "publisher", "is missing")
	require(len(c.Stages) == 4, "stages", "四个一批 has four stages, here %d", len(c.Stages))
	require(len(c.Fields) > 0, "field", "is missing")
	c.checkUnits(require)
	c.fold()
	c.shareOut()
	c.checkScoring(require)
	for i, leader := range c.Leaders {
		require(leader.Name != "", fmt.Sprintf("leader[%d].name", i+1), "is missing")
	}
	for form, duty := range c.Forms {
		c.checkDuty(form, duty, require)
	}
	for where, day := range map[string]DayOfMonth{"due": c.Due, "lock": c.Lock} {
		require(day.Day >= 1 && day.Day <= 31 && day.MonthsAfter >= 0 && day.MonthsAfter <= 12, where, "day 1–31, months_after 0–12")
	}
	require(c.Reserve.Smallest > 0 && c.Reserve.Largest > c.Reserve.Smallest, "reserve", "0 < smallest < largest must hold")
	require(c.Reserve.SourcesTolerance >= 0, "reserve.sources_tolerance", "must not be negative")
	require(1 < c.Amounts.Total && c.Amounts.Total <= c.Amounts.Asked, "amounts", "1 < total ≤ asked must hold")
	require(1 < c.Amounts.Asked && c.Amounts.Asked <= c.Amounts.Held, "amounts", "1 < asked ≤ held must hold")
	require(c.Progress.AdjustmentFrom >= 1 && c.Progress.AdjustmentTo <= 12, "progress", "adjustment_from and adjustment_to are months")
	require(slices.Contains([]string{"all", "new"}, c.Progress.StartedOver), "progress.started_over", `%q is neither "all" nor "new"`, c.Progress.StartedOver)
	require(c.Statistics.Threshold > 0, "statistics.threshold", "is missing")
	require(c.Lights.BehindYellow > 0 && c.Lights.BehindRed > c.Lights.BehindYellow, "lights", "0%% < behind_yellow < behind_red must hold")
	require(c.Lights.StartRed > 0 && c.Lights.StatisticsRed > c.Lights.StatisticsYellow, "lights", "months: start_red > 0, statistics_red > statistics_yellow")
	require(0 < c.Candidates.Between && c.Candidates.Between <= c.Candidates.Within && c.Candidates.Within <= 100, "candidates",
		"0 < between ≤ within ≤ 100 must hold")
	c.checkSpellings(require)
	limits := reflect.ValueOf(c.Limits)
	for i := range limits.NumField() {
		require(limits.Field(i).Int() > 0, "limits."+limits.Type().Field(i).Tag.Get("toml"), "must be given and positive")
	}
	require(c.Fonts.Title != "" && c.Fonts.Heading != "" && c.Fonts.Subheading != "" && c.Fonts.Body != "", "fonts",
		"title, heading, subheading and body must be given")
	c.checkBulletin(require)
	c.checkMail(require)
	for _, id := range c.Trial {
		code := ledger.CodeByID(id)
		require(code != nil && code.MayBeTried(), "trial",
			"%q is no rule that can be put on trial (huizong codes lists them: V…, and it may hold back a field at most)", id)
	}
	d := c.DocFonts
	require(d.Title != "" && d.Heading != "" && d.Subheading != "" && d.Body != "" && d.Number != "", "document_fonts",
		"title, heading, subheading, body and number must be given")
	slices.SortFunc(wrong, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(wrong...)
}

// fold readies the finding of fields and leaders by what texts call them; of fields of one name the first counts.
func (c *County) fold() {
	c.fields, c.leaders = map[string]string{}, map[string]bool{}
	for _, field := range slices.Backward(c.Fields) {
		for _, name := range append([]string{field.Name}, field.Aliases...) {
			c.fields[ledger.Fold(name)] = field.Name
		}
	}
	for _, leader := range c.Leaders {
		c.leaders[ledger.Fold(leader.Name)] = true
	}
}

// checkMail proves that mail can be sent, if a server is named, and that every address is one of a unit.
func (c *County) checkMail(require requirement) {
	m := c.Mail
	if m.Server != "" {
		_, err := mail.ParseAddress(m.From)
		require(err == nil, "mail.from", "%q is no address", m.From)
		require(0 < m.Port && m.Port < 1<<16, "mail.port", "%d is no port", m.Port)
	}
	c.Mail.To = map[string][]string{}
	for unit, addresses := range m.To {
		official, known := c.Unit(unit)
		require(known, "mail.to", "%q is no unit of the list", unit)
		require(c.Mail.To[official.Name] == nil, "mail.to", "%s stands twice", official.Name)
		c.Mail.To[official.Name] = addresses
		for _, address := range addresses {
			_, err := mail.ParseAddress(address)
			require(err == nil, "mail.to", "%s: %q is no address", unit, address)
		}
	}
}

func (c *County) checkBulletin(require requirement) {
	b := c.Bulletin
	require(b.To != "", "bulletin.to", "is missing")
	require(b.Day.Day >= 0 && b.Day.Day <= 31 && b.Day.MonthsAfter >= 0 && b.Day.MonthsAfter <= 12, "bulletin.day", "day 0–31, months_after 0–12")
}

// checkSpellings readies the folding of characters that are written for one another.
func (c *County) checkSpellings(require requirement) {
	var pairs []string
	for _, alike := range c.Spellings {
		require(len(alike) > 1, "spellings", "a list has two characters at least")
		for i, word := range alike {
			require(word != "" && !slices.Contains(pairs, word), "spellings", "%q is empty or stands twice", word)
			if i > 0 {
				pairs = append(pairs, word, alike[0])
			}
		}
	}
	c.spell = strings.NewReplacer(pairs...)
}

// longestName is how long a name may be that files are named after, in characters: file systems take 255
// bytes, of which other words of the name need some.
const longestName = 50

// namesFile reports whether a file or folder can be named after it on every system, and everybody sees how
// it is named: no control characters, none that turn the direction of writing.
func namesFile(name string) bool {
	return utf8.ValidString(name) && utf8.RuneCountInString(name) <= longestName && strings.Trim(name, ". ") == name && !DeviceName(name) &&
		!strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsGraphic(r) || strings.ContainsRune(`/\:*?"<>|`, r) })
}

// DeviceName reports a name that Windows keeps for a device, whatever ending it has: CON, com1.txt.
func DeviceName(name string) bool {
	base, _, _ := strings.Cut(strings.ToUpper(name), ".")
	base = strings.TrimRight(base, " ")
	switch base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, numbered := strings.CutPrefix(base, "COM")
	if !numbered {
		port, numbered = strings.CutPrefix(base, "LPT")
	}
	return numbered && utf8.RuneCountInString(port) == 1 && strings.Contains("0123456789¹²³", port)
}

func (c *County) checkUnits(require requirement) {
	c.order, c.known, c.named = map[string]int{}, map[string]string{}, map[rune][]string{}
	require(len(c.Units) > 0, "unit", "is missing")
	for i, unit := range c.Units {
		where := fmt.Sprintf("unit[%d] %s", i+1, unit.Name)
		require(unit.Name != "", where, "name is missing")
		require(namesFile(unit.Name), where, "name must be able to name a file: no /\\:*?\"<>|, nothing that is not seen, no dots or blanks at its ends, "+
			"none of Windows' devices, at most %d characters", longestName)
		require(slices.Contains(c.Groups, unit.Group), where, "group %q is not among groups", unit.Group)
		c.order[unit.Name] = i
		for _, name := range append([]string{unit.Name}, unit.Aliases...) {
			folded := foldOffice(name)
			other, taken := c.known[folded]
			require(!taken || other == unit.Name, where, "%q is also %s", name, other)
			c.known[folded] = unit.Name
		}
	}
	var towns []string
	for _, unit := range c.Units {
		if strings.HasSuffix(unit.Name, "镇") || strings.HasSuffix(unit.Name, "街道") || strings.HasSuffix(unit.Name, "乡") {
			towns = append(towns, unit.Name)
		}
	}
	c.gazetteer = naming.NewGazetteer(c.Name, towns...)
	for name := range c.known {
		first, _ := utf8.DecodeRuneInString(name)
		c.named[first] = append(c.named[first], name)
	}
	for _, names := range c.named {
		slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	}
}

func (c *County) checkDuty(form string, duty Duty, require requirement) {
	where := "form." + form
	for _, name := range duty.Units {
		_, known := c.order[name]
		require(known, where+".units", "%q is no unit's official name", name)
	}
	for _, group := range duty.Groups {
		require(slices.Contains(c.Groups, group), where+".groups", "%q is not among groups", group)
	}
	c.checkAuthority(where, duty.Authority, require)
	for list, names := range duty.Lists {
		for _, name := range names {
			_, known := c.order[name]
			require(known, where+".lists."+list, "%q is no unit's official name", name)
		}
	}
	seen := map[[2]string]bool{}
	for i, part := range duty.Roll {
		where := fmt.Sprintf("%s.roll[%d] %s", where, i+1, part.Name)
		require(part.Name != "" && len(part.Rows) > 0, where, "name and rows must be given")
		for _, row := range part.Rows {
			key := [2]string{ledger.Fold(part.Under), ledger.Fold(row.Name)}
			require(row.Name != "" && !seen[key], where, "name %q is missing or stands twice", row.Name)
			require(slices.ContainsFunc(c.Owes(form), func(u Unit) bool { return u.Name == row.Unit }), where, "%s: %q does not owe the form",
				row.Name, row.Unit)
			seen[key] = true
		}
	}
}

// CheckForms reports a form that the county lists and the program does not know.
func (c *County) CheckForms(known func(id string) bool) error {
	for id := range c.Forms {
		if !known(id) {
			return fmt.Errorf("form.%s: there is no such form", id)
		}
	}
	return nil
}
