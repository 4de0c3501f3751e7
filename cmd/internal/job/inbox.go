package job

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"huizong/importer"
	"huizong/importer/sheet"
	"huizong/internal/county"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// Files of an inbox that are no deliveries: when each delivery came, and which findings the office waives.
const (
	receivedList = "received.csv"
	waiverList   = "waivers.csv"
)

// An Inbox is a folder of deliveries, which are read with those in its subfolders, and how
// they are read.
type Inbox struct {
	Dir       string
	Passwords []string              // tried in turn on encrypted workbooks
	Progress  func(read, total int) // is told of every file that was read; may be nil
	Afresh    bool                  // all is read and made again, whatever is known of it
}

// list gives the files to read and those passed over: both sorted, relative to the inbox, with
// slashes. The folder may be a link to one. What is no file is listed as one, and so is a folder
// within that may not be read: both are refused when they are to be read.
func (inbox Inbox) list() (paths, skipped []string, err error) {
	dir, err := filepath.EvalSymlinks(inbox.Dir)
	if err != nil {
		return nil, nil, fmt.Errorf("inbox: %w", err)
	}
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, trouble error) error {
		closed := errors.Is(trouble, fs.ErrPermission)
		if path == dir || trouble != nil && !closed {
			return trouble
		}
		relative, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		relative = filepath.ToSlash(relative)
		passed := passedOver(entry.Name())
		switch {
		case passed && entry.IsDir():
			skipped = append(skipped, relative)
			return filepath.SkipDir
		case passed:
			skipped = append(skipped, relative)
		case closed || !entry.IsDir() && relative != receivedList && relative != waiverList:
			paths = append(paths, relative)
		}
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("inbox: %w", err)
	}
	slices.Sort(paths)
	slices.Sort(skipped)
	return paths, skipped, nil
}

// passedOver reports a file that no department sent on purpose, by its path with slashes:
// hidden files and lock files, what Windows and macOS leave in folders, links, the marks of
// downloads; and all that lies in a folder of such a name.
func passedOver(path string) bool {
	return slices.ContainsFunc(strings.Split(path, "/"), func(name string) bool {
		lower := strings.ToLower(name)
		switch lower {
		case "__macosx", "thumbs.db", "desktop.ini":
			return true
		}
		return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") ||
			strings.HasSuffix(lower, ".lnk") || strings.HasSuffix(lower, ":zone.identifier")
	})
}

// config is what is known of the inbox's deliveries before they are read.
func (inbox Inbox) config(c *county.County, period ledger.Period) (importer.Config, error) {
	config := configOf(c, period, inbox.Passwords)
	path, text, err := inbox.read(receivedList)
	if text == nil || err != nil {
		return config, err
	}
	if config.Received, err = importer.ReadReceived(bytes.NewReader(text)); err != nil {
		return config, fmt.Errorf("%s: %w", path, err)
	}
	return config, nil
}

// waivers are what the office waives in the month, as the inbox lists it; nil where it has no list.
func (inbox Inbox) waivers(config importer.Config) ([]ledger.Waiver, error) {
	path, text, err := inbox.read(waiverList)
	if text == nil || err != nil {
		return nil, err
	}
	waivers, err := config.ReadWaivers(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return waivers, nil
}

// read reads a list of the operator's; nil where there is none.
func (inbox Inbox) read(name string) (path string, text []byte, err error) {
	path = filepath.Join(inbox.Dir, name)
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return path, nil, nil
	case err != nil:
		return path, nil, err
	case !info.Mode().IsRegular(): // a pipe would be waited for
		return path, nil, fmt.Errorf("%s: not a file", path)
	}
	text, err = os.ReadFile(path)
	return path, text, err
}

// unmatched are the paths that received.csv lists and that are neither a file nor one within an
// archive; likewise where another file lies there than the one that came. SHA-256 by path are those of all that was read.
func unmatched(received map[string]importer.Arrival, skipped []string, read map[string]string) []string {
	var all []string
	for path, came := range received {
		sha256, there := read[path]
		if there && came.SHA256 != "" && came.SHA256 != sha256 || !there && !slices.Contains(skipped, path) {
			all = append(all, path)
		}
	}
	slices.Sort(all)
	return all
}

func (inbox Inbox) progress(read, total int) {
	if inbox.Progress != nil {
		inbox.Progress(read, total)
	}
}

// configOf is how files are read for a county and a month.
func configOf(c *county.County, period ledger.Period, passwords []string) importer.Config {
	return importer.Config{County: c, Forms: form.All(), Period: period, Limits: sheet.Limits(c.Limits), Passwords: passwords,
		PassOver: passedOver}
}

// ahead is how many files a core may have read before they are asked for.
const ahead = 2

// deliveries reads files below a folder and gives them in the order of their paths. Files are
// read on all cores, ahead of the loop by a bounded number; trouble with one ends the loop.
// After the loop, however it ended, nothing is read any more.
func deliveries(ctx context.Context, config importer.Config, dir string, paths []string) iter.Seq2[importer.Delivery, error] {
	type result struct {
		delivery importer.Delivery
		err      error
	}
	return func(yield func(importer.Delivery, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var readers sync.WaitGroup
		defer readers.Wait()
		defer cancel()
		cores := make(chan bool, runtime.GOMAXPROCS(0))
		start := func(path string) <-chan result {
			done := make(chan result, 1)
			readers.Go(func() {
				cores <- true
				defer func() { <-cores }()
				if ctx.Err() != nil {
					done <- result{err: ctx.Err()}
					return
				}
				delivery, err := config.ReadFile(filepath.Join(dir, filepath.FromSlash(path)), path)
				done <- result{delivery, err}
			})
			return done
		}
		var started []<-chan result // in the order of their paths
		for next := 0; next < len(paths) || len(started) > 0; {
			for next < len(paths) && len(started) < ahead*cap(cores) {
				started = append(started, start(paths[next]))
				next++
			}
			first := <-started[0]
			started = started[1:]
			if !yield(first.delivery, first.err) || first.err != nil {
				return
			}
		}
	}
}
