// Package folder changes a folder as one: whoever looks finds what stood there or what was written
// anew, never some of both, at whatever point the process that changes it dies.
//
// A folder is written whole, and flushed to the disk, under a hidden name beside its place. Then it is put
// there: on Linux the two folders change places in one step; on other systems, and on file systems
// that cannot, what stood there steps aside first, and the next Clear puts it back if the process died
// between the two. Of a folder 2024-06 the hidden names say what is to become of what they name:
//
//	.2024-06.tmp…  being written or taken away: of no use to anybody
//	.2024-06.new   whole, about to be put in place; after the exchange, what stood there
//	.2024-06.old   what stood there and stepped aside
//
// What others put into the folder is theirs: it is moved into the new one, each file by a rename, so
// that it is in one place at any time and never lost. What is ours is told by the file that is
// written last, the index of the folder.
package folder

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/sync/errgroup"
)

// A Guard does a step by which names change, if it still may: it returns the error of the step, or
// why there was none.
type Guard func(step func() error) error

// A File is a file of a folder: its path below the folder, with slashes, and what writes it.
type File struct {
	Path  string
	Write func(to io.Writer) error
}

// Holding is a file of that content.
func Holding(path string, content []byte) File {
	return File{path, func(to io.Writer) error {
		_, err := to.Write(content)
		return err
	}}
}

// A Listed is a file that the index of a folder names as ours.
type Listed struct {
	Path   string // with slashes
	SHA256 string // as it was written: one that somebody changed is theirs; blank: it is ours whatever is in it
}

// A Folder is a folder that changes as one. It is for one process at a time: its guard sees to that.
type Folder struct {
	path     string
	index    string
	listed   func(index []byte) []Listed
	guard    Guard
	exchange func(a, b string) error // an error: names do not change in one step here
	staged   string                  // folder that holds what was staged; blank: nothing was
}

// At is the folder at a path, which need not be there yet; where the path is a link, the folder that it
// leads to; what is there and no folder is a *Fault. listed gives the files that an index of the folder names as
// ours; it is given whatever lies there under the name.
func At(path, index string, listed func(index []byte) []Listed, guard Guard) (*Folder, error) {
	real, err := filepath.EvalSymlinks(path)
	if at := inTheWay(path); at != "" {
		return nil, &Fault{NoFolder, at, cmp.Or[error](err, syscall.ENOTDIR)}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		real = path
	case err != nil:
		return nil, fault(path, fmt.Errorf("%s: %w", path, err))
	}
	if real, err = filepath.Abs(real); err != nil {
		return nil, err
	}
	return &Folder{path: real, index: index, listed: listed, guard: guard, exchange: exchange}, nil
}

// beside is a hidden name beside the folder.
func (f *Folder) beside(ending string) string {
	return filepath.Join(filepath.Dir(f.path), "."+filepath.Base(f.path)+ending)
}

// Clear repairs and takes away what processes that died left behind.
func (f *Folder) Clear() error { return fault(f.path, f.clear()) }

func (f *Folder) clear() error {
	if err := f.restore(); err != nil {
		return err
	}
	for _, aside := range []string{f.beside(".new"), f.beside(".old")} {
		info, err := os.Lstat(aside)
		if err != nil {
			continue
		}
		// Earlier builds let a link step aside that led nowhere; nothing is in it.
		if info.Mode()&fs.ModeSymlink == 0 {
			err = f.carryOver(aside)
		}
		if err != nil {
			return err
		}
		if err := f.discard(aside); err != nil {
			return err
		}
	}
	left, err := os.ReadDir(filepath.Dir(f.path))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, entry := range left {
		path := filepath.Join(filepath.Dir(f.path), entry.Name())
		if !strings.HasPrefix(path, f.beside(".tmp")) {
			continue
		}
		if err := f.guard(func() error { return os.RemoveAll(path) }); err != nil {
			return err
		}
	}
	return nil
}

// restore puts back what stepped aside for a folder that never came.
func (f *Folder) restore() error {
	if info, err := os.Lstat(f.beside(".old")); err != nil || !info.IsDir() || exists(f.path) {
		return nil
	}
	return f.rename(f.beside(".old"), f.path)
}

// Stage begins to write a folder beside its place: Add writes its files, Close its index, the last. Until it is put in
// place nothing changes for anybody; it stays until Drop, or the next Clear.
func (f *Folder) Stage() error { return fault(f.path, f.stage()) }

func (f *Folder) stage() (err error) {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o777); err != nil {
		return err
	}
	if f.staged, err = os.MkdirTemp(filepath.Dir(f.path), filepath.Base(f.beside(".tmp"))); err != nil {
		return err
	}
	return os.Mkdir(f.Staged(), 0o777) // made as the umask has it, unlike the one that holds it
}

// Staged is where the folder is written.
func (f *Folder) Staged() string { return filepath.Join(f.staged, filepath.Base(f.path)) }

// Add writes files as they come, as many at once as there are cores, and gives them with the sums of what was written, in the
// order in which they came. A path that leads out of the folder is an error, and so are two files of one path; an error
// that comes instead of a file ends it.
func (f *Folder) Add(files iter.Seq2[File, error]) ([]Listed, error) {
	written := []*Listed{}
	group, ctx := errgroup.WithContext(context.Background())
	group.SetLimit(runtime.GOMAXPROCS(0))
	var failed error
	for file, err := range files {
		if failed = err; err != nil || ctx.Err() != nil {
			break
		}
		listed := &Listed{Path: file.Path}
		written = append(written, listed)
		group.Go(func() (err error) {
			listed.SHA256, err = write(f.Staged(), file)
			return err
		})
	}
	if err := cmp.Or(group.Wait(), failed); err != nil {
		return nil, fault(f.path, err)
	}
	all := make([]Listed, len(written))
	for i, listed := range written {
		all[i] = *listed
	}
	return all, nil
}

// Close writes the index, and has all names that were given written to the disk.
func (f *Folder) Close(index []byte) error { return fault(f.path, f.close(index)) }

func (f *Folder) close(index []byte) error {
	if _, err := write(f.Staged(), Holding(f.index, index)); err != nil {
		return err
	}
	return filepath.WalkDir(f.Staged(), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return flush(path)
	})
}

// write writes a file below root and flushes it; its permissions are those that the umask leaves. It gives the sum of
// what was written.
func write(root string, file File) (sum string, err error) {
	name := filepath.FromSlash(file.Path)
	if !filepath.IsLocal(name) {
		return "", fmt.Errorf("%q leads out of the folder", file.Path)
	}
	path := filepath.Join(root, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return "", err
	}
	to, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	err = file.Write(io.MultiWriter(to, hash))
	if err == nil {
		err = to.Sync()
	}
	return hex.EncodeToString(hash.Sum(nil)), errors.Join(err, to.Close())
}

// Drop takes away what was staged and not put in place.
func (f *Folder) Drop() error {
	if f.staged == "" {
		return nil
	}
	return os.RemoveAll(f.staged)
}

// Put puts in place what was staged. What others had put into the folder is moved over; what else stood
// there is taken away.
func (f *Folder) Put() error { return fault(f.path, f.put()) }

func (f *Folder) put() error {
	whole := f.beside(".new")
	if err := f.rename(f.Staged(), whole); err != nil {
		return err
	}
	if exists(f.path) {
		if err := f.swap(whole); err != nil {
			return err
		}
	} else if err := f.rename(whole, f.path); err != nil {
		return err
	}
	return f.clear()
}

// swap puts a whole folder in the place of the one that stands.
func (f *Folder) swap(whole string) error {
	exchanged := false
	err := f.guard(func() error {
		exchanged = f.exchange(whole, f.path) == nil
		return nil
	})
	if err != nil || exchanged {
		return errors.Join(err, flush(filepath.Dir(f.path)))
	}
	if err := f.rename(f.path, f.beside(".old")); err != nil {
		return inUse(f.path, err)
	}
	if err := f.rename(whole, f.path); err != nil {
		return errors.Join(err, f.restore())
	}
	return nil
}

// carryOver moves what others put into a folder that stepped aside into the one that stands. A name
// that is taken there is given a number: both are kept.
func (f *Folder) carryOver(aside string) error {
	ours := map[string]belonging{}
	for _, root := range []string{aside, f.path} {
		at := filepath.Join(root, f.index)
		info, err := os.Stat(at)
		if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() { // a pipe would be waited for
			continue // nothing is known to be ours
		}
		if err != nil {
			return err
		}
		index, err := os.ReadFile(at)
		if err != nil {
			return err
		}
		for _, file := range append(f.listed(index), Listed{Path: f.index}) {
			ours[file.Path] = belonging{sums: append(ours[file.Path].sums, file.SHA256)}
			for dir := path.Dir(file.Path); dir != "." && dir != "/"; dir = path.Dir(dir) {
				ours[dir] = belonging{folder: true}
			}
		}
	}
	return f.carryBelow(aside, ".", ours)
}

// A belonging is something of ours in a folder: a folder that holds some of ours, or a file by its sums.
type belonging struct {
	folder bool
	sums   []string // any of them; a blank one is that of whatever is in it
}

// has reports whether a file that is there is the one that was written.
func (b belonging) has(path string) (bool, error) {
	if slices.Contains(b.sums, "") {
		return true, nil
	}
	content, err := os.ReadFile(path)
	sum := sha256.Sum256(content)
	return slices.Contains(b.sums, hex.EncodeToString(sum[:])), err
}

func (f *Folder) carryBelow(aside, below string, ours map[string]belonging) error {
	entries, err := os.ReadDir(filepath.Join(aside, filepath.FromSlash(below)))
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := path.Join(below, entry.Name())
		from := filepath.Join(aside, filepath.FromSlash(name))
		own, known := ours[name]
		if known = known && own.folder == entry.IsDir(); known && !own.folder && entry.Type().IsRegular() {
			known, err = own.has(from)
		}
		switch {
		case err != nil || strings.HasPrefix(entry.Name(), earlierTemp):
		case !known:
			err = f.move(from, filepath.Join(f.path, filepath.FromSlash(name)))
		case own.folder:
			err = f.carryBelow(aside, name, ours)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// earlierTemp begins the names of files that earlier builds, when they were killed, left in the folder.
const earlierTemp = ".huizong-"

// move moves a file or folder, its folder being made first.
func (f *Folder) move(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	ending := filepath.Ext(to)
	for n, base := 2, strings.TrimSuffix(to, ending); exists(to); n++ {
		to = fmt.Sprintf("%s (%d)%s", base, n, ending)
	}
	return f.rename(from, to)
}

// discard takes a folder away. It loses its name first: of one that is half removed nobody could tell what
// is whose.
func (f *Folder) discard(path string) error {
	return f.guard(func() error {
		bin, err := os.MkdirTemp(filepath.Dir(f.path), filepath.Base(f.beside(".tmp")))
		if err != nil {
			return err
		}
		if err := os.Rename(path, filepath.Join(bin, filepath.Base(path))); err != nil {
			return errors.Join(err, os.Remove(bin))
		}
		return os.RemoveAll(bin)
	})
}

// rename is a step, and on the disk before the next one.
func (f *Folder) rename(from, to string) error {
	err := f.guard(func() error { return os.Rename(from, to) })
	if err != nil {
		return err
	}
	return flush(filepath.Dir(to))
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
