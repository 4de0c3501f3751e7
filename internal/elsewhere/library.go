package elsewhere

import (
	"context"
	"embed"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
)

// A Library of JavaScript, Python or R reads workbooks.
type Library struct {
	Name     string // by which it is loaded
	language *language
	program  func() (string, error) // that has it; found once
}

func library(name string, of *language) Library {
	return Library{name, of, sync.OnceValues(func() (string, error) { return of.programWith(name) })}
}

// Libraries that `make tools` installs, or `make elsewhere` does: those of npm in a folder beside Go's cache.
var (
	ExcelJS      = library("exceljs", javaScript)
	SheetJS      = library("xlsx", javaScript)
	HyperFormula = library("hyperformula", javaScript)
	OpenPyXL     = library("openpyxl", python)
	Pandas       = library("pandas", python)
	ReadXL       = library("readxl", statistics)
)

// A language is how scripts are run and libraries are asked for.
type language struct {
	programs    []string // any of which may have the library
	run         string   // the flag before a script
	has         string   // a script that fails without a library
	version     string   // a script that prints the version of one
	environment func() ([]string, error)
}

var (
	javaScript = &language{[]string{"node"}, "-e", "require('%s')",
		"console.log(JSON.parse(require('fs').readFileSync(process.env.NODE_PATH + '/%s/package.json')).version)", nodePath}
	python     = &language{[]string{"python3", "/usr/bin/python3"}, "-c", "import %s", "import %[1]s; print(%[1]s.__version__)", asItIs}
	statistics = &language{[]string{"Rscript"}, "-e", "library(%s)", "cat(as.character(packageVersion('%s')))", asItIs} // R
)

// asItIs is the environment of who runs this.
func asItIs() ([]string, error) { return nil, nil }

// nodePath says to node where the libraries are.
var nodePath = sync.OnceValues(func() ([]string, error) {
	cache, err := run(context.Background(), "go", nil, "env", "GOCACHE")
	return []string{"NODE_PATH=" + filepath.Join(strings.TrimSpace(cache), "..", "huizong-tools", "node_modules")}, err
})

// programWith finds the first program that has a library; ErrMissing if none has.
func (l *language) programWith(library string) (string, error) {
	environment, err := l.environment()
	if err != nil {
		return "", err
	}
	for _, program := range l.programs {
		if _, err := run(context.Background(), program, environment, l.run, fmt.Sprintf(l.has, library)); err == nil {
			return program, nil
		}
	}
	return "", fmt.Errorf("%s: %w", library, ErrMissing)
}

// Run runs a script in the language of a library, with arguments, and gives what it printed. The library is there for it;
// ErrMissing if it is not installed.
func (l Library) Run(ctx context.Context, script string, args ...string) (string, error) {
	environment, err := l.language.environment()
	if err != nil {
		return "", err
	}
	program, err := l.program()
	if err != nil {
		return "", err
	}
	return run(ctx, program, environment, append([]string{l.language.run, script}, args...)...)
}

// Version is what the library calls itself; ErrMissing if it is not installed.
func (l Library) Version(ctx context.Context) (string, error) {
	printed, err := l.Run(ctx, fmt.Sprintf(l.language.version, l.Name))
	return word(printed, 0), err
}

//go:embed scripts
var scripts embed.FS

// saving is a script that is given a format, a folder and files.
func (l Library) saving(script string) func(context.Context, Format, string, []string) error {
	return func(ctx context.Context, format Format, folder string, files []string) error {
		text, err := scripts.ReadFile("scripts/" + script)
		if err != nil {
			return err
		}
		_, err = l.Run(ctx, string(text), append([]string{string(format), folder}, files...)...)
		return err
	}
}
