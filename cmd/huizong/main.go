// Huizong takes in the monthly Excel returns of a county's offices, judges them, merges
// them into a database and writes reconciled summary workbooks. See README.md.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"huizong/cmd/internal/job"
	"huizong/internal/county"
	"huizong/internal/encoded"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Exit statuses, fixed for scripts.
const (
	exitDone    = 0 // all taken
	exitFailed  = 1 // the operator's trouble: safe to run again
	exitUsage   = 2 // wrong usage: nothing was started
	exitLeftOut = 3 // done, but something was sent back, held or is missing
)

// errLeftOut says that a command did its work and something was left out.
var errLeftOut = errors.New("something was sent back, held or is missing")

// A program is one invocation: what all commands share.
type program struct {
	out, log io.Writer

	databaseURL string
	countyFile  string
	passwords   string // file, one password a line
	language    string
	json        bool
	quiet       bool
	pdf         bool // make a PDF of each workbook and document
	afresh      bool // read and make all again

	county  *county.County
	lang    ledger.Lang
	started bool // a command began its work: an error is no longer one of usage
}

func main() {
	room := job.SpareMemory()
	status := execute(interruptible(context.Background(), os.Stderr), os.Args[1:], os.Stdout, os.Stderr)
	runtime.KeepAlive(room)
	os.Exit(status)
}

// interruptible is a context that ends with the first Ctrl-C or SIGTERM, so that work is left
// in order; the next one ends the process at once. On a terminal it says so.
func interruptible(ctx context.Context, log *os.File) context.Context {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, func() {
		stop()
		if term.IsTerminal(int(log.Fd())) {
			tellStopping(log)
		}
	})
	return ctx
}

// execute runs one command line and gives its exit status.
func execute(ctx context.Context, args []string, out, log io.Writer) int {
	p := &program{out: out, log: log}
	root := p.root()
	root.SetArgs(args)
	root.SetOut(libraryStream{out})
	root.SetErr(libraryStream{log})
	switch command, err := root.ExecuteContextC(ctx); {
	case err == nil:
		return exitDone
	case errors.Is(err, errLeftOut):
		return exitLeftOut
	case !p.started:
		p.tellError(err)
		p.tell("%s%s --help\n", p.say("用法：", "see "), command.CommandPath())
		return exitUsage
	default:
		p.tellError(p.ofLock(err))
		if cure := p.cure(err); cure != "" {
			p.tell("%s\n", cure)
		}
		return exitFailed
	}
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "huizong",
		Short:         "汇总：收表、审核、入库、对账、出汇总表 (monthly returns in, reconciled workbooks out)",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		PersistentPreRunE: func(command *cobra.Command, _ []string) error {
			return p.prepare(command)
		},
		RunE: func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&p.databaseURL, "database", "", "sqlite:PATH or postgres://… (default $HUIZONG_DATABASE, else sqlite:huizong.db)")
	flags.StringVar(&p.countyFile, "county", "", "the county's own county.toml (default: built in)")
	flags.StringVar(&p.language, "lang", "zh", "language of messages and findings: zh or en")
	flags.BoolVar(&p.json, "json", false, "machine-readable result on standard output")
	flags.BoolVar(&p.quiet, "quiet", false, "no progress on standard error")
	for _, command := range []func() *cobra.Command{
		p.runCommand, p.checkCommand, p.statusCommand, p.summaryCommand, p.traceCommand, p.decideCommand,
		p.templateCommand, p.closeCommand, p.reopenCommand, p.backupCommand, p.restoreCommand,
		p.remindCommand, p.serveCommand, p.accessCommand, p.formsCommand, p.codesCommand, p.scheduleCommand,
		p.samplesCommand, p.demoCommand, p.versionCommand,
	} {
		root.AddCommand(command())
	}
	return root
}

// prepare reads what every command needs; what is wrong here is wrong usage.
func (p *program) prepare(command *cobra.Command) error {
	switch p.language {
	case "zh":
	case "en":
		p.lang = ledger.English
	default:
		return fmt.Errorf("--lang %s: zh or en", p.language)
	}
	if p.databaseURL == "" {
		p.databaseURL = os.Getenv("HUIZONG_DATABASE")
	}
	if p.databaseURL == "" {
		p.databaseURL = "sqlite:huizong.db"
	}
	p.county = county.Default()
	if p.countyFile != "" {
		own, err := county.Load(p.countyFile)
		if err != nil {
			return err
		}
		p.county = own
	}
	if err := p.county.CheckForms(func(id string) bool { return form.ByID(id) != nil }); err != nil {
		return err
	}
	return p.county.CheckFields(func(id, field string) bool { return form.ByID(id).Column(field) != nil })
}

// say picks the language of a message.
func (p *program) say(chinese, english string) string {
	return ledger.Phrase{chinese, english}.In(p.lang)
}

// open opens the job's database, which has to be there: only what begins with one makes it (job.Open).
func (p *program) open(ctx context.Context) (*job.Job, error) {
	return job.OpenThere(ctx, p.databaseURL, p.county)
}

// works wraps the work of a command: from here on an error is not one of usage.
func (p *program) works(work func(ctx context.Context, args []string) error) func(*cobra.Command, []string) error {
	return func(command *cobra.Command, args []string) error {
		p.started = true
		return work(command.Context(), args)
	}
}

// passwordsFlag is of the commands that read files.
func (p *program) passwordsFlag(command *cobra.Command) {
	command.Flags().StringVar(&p.passwords, "passwords", "", "a file of passwords, one a line, tried on encrypted workbooks")
}

// readPasswords reads what --passwords names.
func (p *program) readPasswords() ([]string, error) {
	if p.passwords == "" {
		return nil, nil
	}
	text, err := os.ReadFile(p.passwords)
	if err != nil {
		return nil, fmt.Errorf("passwords: %w", err)
	}
	lines, err := encoded.ByHand(text)
	if err != nil {
		return nil, fmt.Errorf("passwords: %s: %w", p.passwords, err)
	}
	var passwords []string
	for line := range strings.Lines(lines) {
		if password := strings.TrimRight(line, "\r\n"); password != "" {
			passwords = append(passwords, password)
		}
	}
	return passwords, nil
}

// periodFlag reads --period before the work starts.
func periodFlag(command *cobra.Command, into *ledger.Period, required bool) {
	command.Flags().Var((*periodValue)(into), "period", "the month, like 2024-06")
	if required {
		if err := command.MarkFlagRequired("period"); err != nil {
			panic(err)
		}
	}
}

// A periodValue is a period as a flag.
type periodValue ledger.Period

func (v *periodValue) String() string {
	if p := ledger.Period(*v); !p.IsZero() {
		return p.String()
	}
	return ""
}
func (v *periodValue) Type() string { return "YYYY-MM" }
func (v *periodValue) Set(text string) error {
	period, err := ledger.ParsePeriod(text)
	*v = periodValue(period)
	return err
}
