package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"huizong/cmd/internal/job"
	"huizong/cmd/internal/visible"
)

// All that the program writes to its two streams goes through this file: what is written of
// strangers' files cannot be obeyed by the terminal, and has no lines but those of the format.

// printf writes of the result.
func (p *program) printf(format string, args ...any) { printTo(p.out, format, args...) }

// line writes a line of the result, of which there may be a hundred thousand.
func (p *program) line(text string) {
	io.WriteString(p.out, visible.Text(text))
	io.WriteString(p.out, "\n")
}

// tell writes to the log: what the operator must know besides the result.
func (p *program) tell(format string, args ...any) { printTo(p.log, format, args...) }

func printTo(stream io.Writer, format string, args ...any) {
	for i := range args { // in place, so that vet knows this for a printf
		args[i] = shown{args[i]}
	}
	fmt.Fprintf(stream, format, args...)
}

// A shown value is formatted as it would be, and visible.
type shown struct{ value any }

func (s shown) Format(state fmt.State, verb rune) {
	io.WriteString(state, visible.Text(fmt.Sprintf(fmt.FormatString(state, verb), s.value)))
}

// gathered keeps what printf writes until the function that it gives is called.
func (p *program) gathered() (flush func()) {
	stream := p.out
	lines := bufio.NewWriter(stream)
	p.out = lines
	return func() {
		lines.Flush()
		p.out = stream
	}
}

// tellStopping answers the first Ctrl-C, in whatever language the work is done.
func tellStopping(log io.Writer) {
	printTo(log, "正在停止；再按一次 Ctrl-C 立即结束 (stopping; Ctrl-C once more ends at once)\n")
}

// writeJSON writes a result as scripts read it.
func (p *program) writeJSON(value any) error { return job.WriteJSON(p.out, value) }

// tellError says why the program stops. Errors that are joined have a line each.
func (p *program) tellError(err error) {
	for i, line := range joined(err) {
		if i == 0 {
			p.tell("huizong: ")
		}
		p.tell("%v\n", line)
	}
}

func joined(err error) []error {
	several, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, err := range several.Unwrap() {
		all = append(all, joined(err)...)
	}
	return all
}

// A library's stream is what the library of commands writes to: help, and what was typed wrong.
type libraryStream struct{ to io.Writer }

func (s libraryStream) Write(text []byte) (int, error) {
	for line := range strings.Lines(string(text)) {
		content, ended := strings.CutSuffix(line, "\n")
		if content = visible.Text(content); ended {
			content += "\n"
		}
		if _, err := io.WriteString(s.to, content); err != nil {
			return 0, err
		}
	}
	return len(text), nil
}

// progress shows a bar on a terminal, and nowhere else.
func (p *program) progress(title string) func(done, total int) {
	file, ok := p.log.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) || p.quiet || p.json {
		return nil
	}
	var bar *progressbar.ProgressBar
	return func(done, total int) {
		if bar == nil {
			bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(p.log), progressbar.OptionSetDescription(title),
				progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
		}
		bar.Set(done)
	}
}
