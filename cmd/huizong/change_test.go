package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/xuri/excelize/v2"

	"huizong/internal/ledger"
)

// changePage has the recipes.
const changePage = "../../doc/change.md"

// A recipe is what doc/change.md says that a change takes, step by step.
type recipe []step

// A step is a line of a recipe: a file that is edited or new, a command to run, or a golden
// that the commands rewrite, perhaps one of several that match a pattern.
type step struct{ do, what string }

var (
	recipeOf = regexp.MustCompile("(?s)\\*\\*([^*]+)\\.\\*\\*[^*]*?```recipe\n(.*?)```")
	stepOf   = regexp.MustCompile(`^(edit|new|run|golden) +(\S.*?)(  .*)?$`)
)

// recipes reads all recipes of the page, by name.
func recipes(t *testing.T) map[string]recipe {
	t.Helper()
	text, err := os.ReadFile(changePage)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]recipe{}
	for _, found := range recipeOf.FindAllStringSubmatch(string(text), -1) {
		for line := range strings.Lines(found[2]) {
			parts := stepOf.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
			if parts == nil {
				t.Fatalf("%s: %s: a step is no %q", changePage, found[1], line)
			}
			all[found[1]] = append(all[found[1]], step{parts[1], parts[2]})
		}
	}
	return all
}

// those are the steps of some kinds.
func (r recipe) those(kinds ...string) []string {
	var all []string
	for _, s := range r {
		if slices.Contains(kinds, s.do) {
			all = append(all, s.what)
		}
	}
	return all
}

// A twin is a copy of the house, to be changed once as a developer would.
type twin struct {
	*testing.T
	dir, inbox string
	before     map[string]string
	hand       []string // files written by hand
}

// copyOfTheHouse copies what belongs to the repository; .gitignore names what does not.
func copyOfTheHouse(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	const root = "../.."
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch name := entry.Name(); {
		case err != nil:
			return err
		case name == ".git", filepath.Dir(path) == root && slices.Contains([]string{"bin", "out", "demo"}, name), entry.IsDir() && name == "rapid":
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return nil
		}
		relative, err := filepath.Rel(root, path)
		if err == nil {
			copyFile(t, path, filepath.Join(dir, relative))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// write puts a file into the house, or into the inbox.
func (h *twin) write(name, text string) {
	h.Helper()
	at := filepath.Join(h.dir, filepath.FromSlash(name))
	if sent, is := strings.CutPrefix(name, "inbox/"); is {
		at = filepath.Join(h.inbox, sent)
	} else if !slices.Contains(h.hand, name) {
		h.hand = append(h.hand, name)
	}
	if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
		h.Fatal(err)
	}
}

// insert puts text before the first line of a file that matches.
func (h *twin) insert(name, before, text string) {
	h.Helper()
	old, err := os.ReadFile(filepath.Join(h.dir, filepath.FromSlash(name)))
	if err != nil {
		h.Fatal(err)
	}
	at := regexp.MustCompile("(?m)" + before).FindIndex(old)
	if at == nil {
		h.Fatalf("%s has no line %s any more: mend the change in testdata/change", name, before)
	}
	h.write(name, string(old[:at[0]])+text+string(old[at[0]:]))
}

// change makes the edits of a file of testdata/change.
func (h *twin) change(name string, words *strings.Replacer) {
	h.Helper()
	edits, err := txtar.ParseFile(filepath.Join("testdata/change", name))
	if err != nil {
		h.Fatal(err)
	}
	for _, edit := range edits.Files {
		file, before, inserted := strings.Cut(edit.Name, " before ")
		text := words.Replace(string(edit.Data))
		if inserted {
			h.insert(file, strings.Trim(before, "/"), text)
		} else {
			h.write(file, text)
		}
	}
}

// run runs a command in the house and gives what it prints.
func (h *twin) run(command string) (string, error) {
	words := strings.Fields(command)
	run := exec.Command(words[0], words[1:]...)
	run.Dir, run.Env = h.dir, append(os.Environ(), "GOFLAGS="+os.Getenv("GOFLAGS")+" -vet=off -ldflags=-w") // half the time
	out, err := run.CombinedOutput()
	return string(out), err
}

// advice is how a test says which migration is missing.
var advice = regexp.MustCompile(`(?s): add (consolidate/store/migrations/\S+) with:\n(.*?;)\n`)

// follow runs the commands of a recipe. Where one fails for want of a migration, that is
// written as the command says.
func (h *twin) follow(r recipe) {
	h.Helper()
	for _, command := range r.those("run") {
		out, err := h.run(command)
		if missing := advice.FindStringSubmatch(out); err != nil && missing != nil {
			h.write(missing[1], regexp.MustCompile(`(?m)^ +`).ReplaceAllString(missing[2], "")+"\n")
			out, err = h.run(command)
		}
		if err != nil {
			h.Fatalf("%s: %v\n%s", command, err, out)
		}
	}
}

// passes runs commands that must succeed.
func (h *twin) passes(commands ...string) {
	h.Helper()
	for _, command := range commands {
		if out, err := h.run(command); err != nil {
			h.Errorf("%s: %v\n%s", command, err, out)
		}
	}
}

// hold compares what has changed with what the recipe says: each file by hand that it names
// and no other, and of each kind of golden at least one.
func (h *twin) hold(r recipe) {
	h.Helper()
	numbered := regexp.MustCompile(`/\d{4}_`)
	for i, name := range h.hand {
		h.hand[i] = numbered.ReplaceAllString(name, "/NNNN_")
	}
	want := r.those("edit", "new")
	slices.Sort(h.hand)
	slices.Sort(want)
	if !slices.Equal(h.hand, want) {
		h.Errorf("by hand:\n%q\n%s says\n%q", h.hand, changePage, want)
	}
	for _, name := range r.those("edit") {
		if h.before[name] == "" {
			h.Errorf("%s is new, %s calls it an edit", name, changePage)
		}
	}
	goldens := map[string]int{}
	for _, pattern := range r.those("golden") {
		goldens[pattern] = 0
	}
	for name, sum := range hashes(h.T, h.dir) {
		if h.before[name] == sum || slices.Contains(want, numbered.ReplaceAllString(name, "/NNNN_")) {
			continue
		}
		found := false
		for pattern := range goldens {
			if matches, err := path.Match(pattern, name); err == nil && matches {
				goldens[pattern]++
				found = true
			}
		}
		if !found {
			h.Errorf("%s has changed, which %s does not say", name, changePage)
		}
	}
	for pattern, files := range goldens {
		if files == 0 {
			h.Errorf("no %s has changed, which %s says", pattern, changePage)
		}
	}
	h.Logf("%d files by hand, %v rewritten", len(h.hand), goldens)
}

// changed runs the changed program, which must exit as wanted, and gives what it prints.
type changed func(want int, args ...string) string

// program is the changed program, which was built, on a database of its own.
func (h *twin) program() changed {
	dir := h.TempDir()
	return func(want int, args ...string) string {
		h.Helper()
		run := exec.Command(filepath.Join(h.dir, changedProgram), append([]string{"--quiet", "--database", "sqlite:huizong.db"}, args...)...)
		run.Dir = dir
		var out, trouble bytes.Buffer
		run.Stdout, run.Stderr = &out, &trouble
		if err := run.Run(); run.ProcessState.ExitCode() != want {
			h.Fatalf("huizong %v: %v\n%s%s", args, err, out.String(), trouble.String())
		}
		return out.String()
	}
}

// changedProgram is where the changed program is.
const changedProgram = "bin/huizong"

// sheet is a sheet of a workbook that was drawn from the database alone, a line a row.
func (h *twin) sheet(huizong changed, subject, name string) string {
	h.Helper()
	out := h.TempDir()
	huizong(exitDone, "summary", "--period", "2024-06", "--out", out)
	book, err := excelize.OpenFile(filepath.Join(out, "2024-06", fmt.Sprintf("城固县%s_2024-06.xlsx", subject)))
	if err != nil {
		h.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(name)
	if err != nil {
		h.Fatal(err)
	}
	var text strings.Builder
	for _, row := range rows {
		text.WriteString(strings.Join(row, " | ") + "\n")
	}
	return text.String()
}

// has reports an error unless a text has some words.
func (h *twin) has(text string, words ...string) {
	h.Helper()
	for _, word := range words {
		if !strings.Contains(text, word) {
			h.Errorf("no %q in\n%s", word, text)
		}
	}
}

var changing = flag.Bool("change", false, "make the changes of doc/change.md in a copy of the house")

// TestTheCostOfChange makes the three changes that are made most often in a copy of the house, one after the
// other, as doc/change.md has them, each with the files that it names and no others. With all of them the copy builds, its
// tests pass, and the program does what is new.
func TestTheCostOfChange(t *testing.T) {
	if !*changing {
		t.Skip("builds and tests a copy of the house, for minutes: -change")
	}
	var free string // the next free code of a rule
	for n := 1; free == "" || ledger.CodeByID(free) != nil; n++ {
		free = fmt.Sprintf("V%02d", n)
	}
	words := strings.NewReplacer("VNN", free)
	all, dir := recipes(t), copyOfTheHouse(t)
	changes := []struct {
		name, edits string
		works       func(h *twin, huizong changed)
	}{
		{"A rule", "rule.txtar", func(h *twin, huizong changed) {
			h.has(huizong(exitDone, "check", filepath.Join(h.inbox, "交通局.csv")), "!G4  "+free+" ", "新开工项目的年度计划投资为0（填的是“0”")
			h.has(huizong(exitDone, "codes", free), "新开工项目的年度计划投资为0")
		}},
		{"A column", "column.txtar", func(h *twin, huizong changed) {
			huizong(exitLeftOut, "run", "--period", "2024-06", "--inbox", h.inbox)
			h.has(h.sheet(huizong, "重点项目进展汇总", "项目台账"), "| 责任单位 | 施工单位 | 包抓领导 |", "| 交通运输局 | 秦岭路桥公司 | 样例领导01 |")
			h.has(huizong(exitDone, "forms", "progress"), "施工单位")
		}},
		{"A form", "form.txtar", func(h *twin, huizong changed) {
			huizong(exitLeftOut, "run", "--period", "2024-06", "--inbox", h.inbox)
			h.has(h.sheet(huizong, "高质量项目推进月度通报", "项目观摩"), "合计 | 2个", "1 | 北环路建设项目 | 交通运输局 | 40")
			h.has(h.sheet(huizong, "高质量项目推进月度通报", "主要指标"), "项目观摩点数 | 个 | 2 ")
			h.has(huizong(exitDone, "status", "--period", "2024-06"), "项目观摩点情况表")
			h.has(huizong(exitDone, "forms"), "tour", "项目观摩点情况表")
		}},
	}
	inboxes := map[string]string{}
	for _, change := range changes {
		inboxes[change.name] = t.TempDir()
		t.Run(change.name, func(t *testing.T) {
			h := &twin{T: t, dir: dir, inbox: inboxes[change.name], before: hashes(t, dir)}
			h.change(change.edits, words)
			h.follow(all[change.name])
			h.hold(all[change.name])
		})
	}
	t.Run("All of them", func(t *testing.T) {
		(&twin{T: t, dir: dir}).passes("go test ./internal/form -short", "go test ./samples -run Every|Rules", "go build -o "+changedProgram+" ./cmd/huizong")
		for _, change := range changes {
			h := &twin{T: t, dir: dir, inbox: inboxes[change.name]}
			change.works(h, h.program())
		}
	})
}

// What a recipe edits or rewrites is there, and it has as many files as the page says.
func TestRecipesNameWhatIsThere(t *testing.T) {
	text, err := os.ReadFile(changePage)
	if err != nil {
		t.Fatal(err)
	}
	all := recipes(t)
	want := []string{"A column", "A command", "A form", "A rule", "A worksheet", "An alias of a column", "An alias of a unit or of a field (领域)"}
	if got := slices.Sorted(maps.Keys(all)); !slices.Equal(got, want) {
		t.Errorf("the page has recipes for %q", got)
	}
	for name, r := range all {
		files := len(r.those("edit", "new"))
		for _, at := range r.those("edit", "golden") {
			if found, err := filepath.Glob(filepath.Join("../..", filepath.FromSlash(at))); err != nil || len(found) == 0 {
				t.Errorf("%s: there is no %s (%v)", name, at, err)
			}
		}
		for _, at := range r.those("golden") {
			if !strings.Contains(at, "*") {
				files++
			}
		}
		said := strings.Fields("No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve")[files]
		if !strings.Contains(string(text), "**"+name+".** "+said+" file") {
			t.Errorf("%s: the list has %d files, the page says otherwise", name, files)
		}
	}
}
