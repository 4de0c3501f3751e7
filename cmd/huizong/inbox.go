package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
	"golang.org/x/term"

	"huizong/importer"
	"huizong/importer/sheet"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// receivedList is the file of an inbox that says when each delivery came.
const receivedList = "received.csv"

// batchSize is how many files are read before what they hold is handed over.
const batchSize = 64

// readInbox reads every file below a directory, several at a time, in no order that shows:
// take is given deliveries sorted by path, a batch after the other. Lock files and hidden
// files are passed over and listed.
func (p *program) readInbox(ctx context.Context, dir string, period ledger.Period, take func(batch []importer.Delivery) error) (skipped []string, err error) {
	paths, skipped, err := walk(dir)
	if err != nil {
		return nil, fmt.Errorf("inbox: %w", err)
	}
	inbox, err := p.inbox(period)
	if err != nil {
		return nil, err
	}
	if inbox.Received, err = readReceived(filepath.Join(dir, receivedList)); err != nil {
		return nil, err
	}
	bar := p.bar(len(paths), p.say("读取报表", "reading returns"))
	for names := range slices.Chunk(paths, batchSize) {
		batch, err := readBatch(ctx, inbox, dir, names, bar)
		if err != nil {
			return nil, err
		}
		if err := take(batch); err != nil {
			return nil, err
		}
	}
	return skipped, bar.Finish()
}

// readBatch reads files on all cores.
func readBatch(ctx context.Context, inbox importer.Config, dir string, paths []string, bar *progressbar.ProgressBar) ([]importer.Delivery, error) {
	batch := make([]importer.Delivery, len(paths))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, path := range paths {
		group.Go(func() (err error) {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			defer bar.Add(1)
			batch[i], err = readFile(inbox, filepath.Join(dir, filepath.FromSlash(path)), path)
			return err
		})
	}
	return batch, group.Wait()
}

// inbox is what is known of deliveries before they are read.
func (p *program) inbox(period ledger.Period) (importer.Config, error) {
	inbox := importer.Config{County: p.county, Forms: form.All(), Period: period, Limits: sheetLimits(p)}
	if p.passwords == "" {
		return inbox, nil
	}
	text, err := os.ReadFile(p.passwords)
	if err != nil {
		return inbox, fmt.Errorf("passwords: %w", err)
	}
	for line := range strings.Lines(string(text)) {
		if password := strings.TrimRight(line, "\r\n"); password != "" {
			inbox.Passwords = append(inbox.Passwords, password)
		}
	}
	return inbox, nil
}

// passwordsFlag is of the commands that read files.
func (p *program) passwordsFlag(command *cobra.Command) {
	command.Flags().StringVar(&p.passwords, "passwords", "", "a file of passwords, one a line, tried on encrypted workbooks")
}

// walk lists the files to read and those passed over, both sorted, with slashes.
func walk(dir string) (paths, skipped []string, err error) {
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		relative, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		relative = filepath.ToSlash(relative)
		hidden := strings.HasPrefix(entry.Name(), ".") || strings.HasPrefix(entry.Name(), "~$")
		switch {
		case hidden && entry.IsDir():
			skipped = append(skipped, relative)
			return filepath.SkipDir
		case hidden:
			skipped = append(skipped, relative)
		case !entry.IsDir() && relative != receivedList:
			paths = append(paths, relative)
		}
		return nil
	})
	slices.Sort(paths)
	slices.Sort(skipped)
	return paths, skipped, err
}

func readReceived(path string) (map[string]ledger.Date, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	received, err := importer.ReadReceived(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return received, nil
}

// readFile reads one delivery. name is what findings call it.
func readFile(config importer.Config, path, name string) (importer.Delivery, error) {
	file, err := os.Open(path)
	if err != nil {
		return importer.Delivery{}, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return importer.Delivery{}, fmt.Errorf("reading %s: %w", path, err)
	}
	d, err := config.Read(name, file, info.Size())
	if err != nil {
		return importer.Delivery{}, fmt.Errorf("reading %s: %w", path, err)
	}
	return d, nil
}

// bar shows progress on a terminal, and nowhere else.
func (p *program) bar(total int, title string) *progressbar.ProgressBar {
	file, ok := p.log.(*os.File)
	shown := ok && term.IsTerminal(int(file.Fd())) && !p.quiet && !p.json
	return progressbar.NewOptions(total, progressbar.OptionSetWriter(p.log), progressbar.OptionSetVisibility(shown),
		progressbar.OptionSetDescription(title), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
}

// sheetLimits are the county's limits in the words of the reader.
func sheetLimits(p *program) sheet.Limits { return sheet.Limits(p.county.Limits) }
