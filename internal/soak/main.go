//go:build linux

// Soak has the built program do for long what its users have it do, and writes down what it took: three years of months in one
// database, one month of very many returns, many counties in one database, and a thousand uploads to the window. `make soak`
// says how it is used. It runs where Linux says how much memory a process has.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

func main() {
	program := flag.String("program", "bin/huizong", "the built program")
	page := flag.String("page", "doc/scale.md", "the page whose figures are replaced")
	flag.Parse()
	if err := run(*program, *page); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

// run works in a temporary folder, which it takes away.
func run(program, page string) error {
	program, err := filepath.Abs(program)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "soak")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	began := time.Now()
	var figures strings.Builder
	for _, part := range []func(*soak) (string, error){uploads, counties, large, years} {
		s := &soak{program: program, dir: filepath.Join(dir, "part")}
		table, err := part(s)
		if err = errors.Join(err, os.RemoveAll(s.dir)); err != nil {
			return err
		}
		figures.WriteString(table)
	}
	fmt.Fprintf(&figures, "Made on %s by `make soak` in %d minutes, on %s, %d cores, %s.\n",
		began.Format(time.DateOnly), int(time.Since(began).Minutes()), processor(), runtime.NumCPU(), version(program))
	return replace(page, figures.String())
}

// processor is what Linux calls the machine's.
func processor() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}

// version is the first line of what the program says of itself.
func version(program string) string {
	text, _ := exec.Command(program, "version").Output()
	line, _, _ := strings.Cut(string(text), "\n")
	return line
}

// What stands before and after the figures in the page.
const (
	begin = "<!-- figures: written by make soak -->\n"
	end   = "<!-- end of the figures -->\n"
)

// replace puts figures in the place of those of the page.
func replace(page, figures string) error {
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(text), begin)
	_, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		return fmt.Errorf("%s: there is no place for figures", page)
	}
	return os.WriteFile(page, []byte(before+begin+"\n"+figures+"\n"+end+after), 0o644)
}

// A table is one in Markdown.
type table struct{ strings.Builder }

// newTable begins a table under a title.
func newTable(title string, columns ...string) *table {
	t := &table{}
	fmt.Fprintf(t, "### %s\n\n", title)
	t.row(columns...)
	t.WriteString(strings.Repeat("|---", len(columns)) + "|\n")
	return t
}

// row adds a row, and tells that there is another.
func (t *table) row(cells ...string) {
	line := "| " + strings.Join(cells, " | ") + " |\n"
	fmt.Fprint(os.Stderr, line)
	t.WriteString(line)
}

// done is the table in full.
func (t *table) done() string { return t.String() + "\n" }

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f", d.Seconds()) }

func megabytes(bytes int64) string { return fmt.Sprintf("%.1f", float64(bytes)/1e6) }
