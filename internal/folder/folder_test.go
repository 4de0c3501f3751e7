package folder

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// listed is an index that has a path a line, with its sum after a # if it is ours as long as it has that.
func listed(index []byte) []Listed {
	var all []Listed
	for _, line := range strings.Fields(string(index)) {
		path, sum, _ := strings.Cut(line, "#")
		all = append(all, Listed{path, sum})
	}
	return all
}

// A held is a file of that content.
type held struct{ Path, Content string }

// each gives files as Add takes them.
func each(files []held) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		for _, file := range files {
			if !yield(Holding(file.Path, []byte(file.Content)), nil) {
				return
			}
		}
	}
}

func always(step func() error) error { return step() }

var errDied = errors.New("died")

// dying lets some steps be done and none after them, as if the process had died.
func dying(steps int) Guard {
	return func(step func() error) error {
		if steps == 0 {
			return errDied
		}
		steps--
		return step()
	}
}

// kinds are the ways of putting a folder in the place of another.
var kinds = map[string]func(a, b string) error{
	"as the system can": exchange,
	"by two renames":    func(string, string) error { return errors.ErrUnsupported },
}

// TestMain keeps the tests off the disk where it can: they flush it again and again.
func TestMain(m *testing.M) {
	if memory := "/dev/shm"; exists(memory) {
		os.Setenv("TMPDIR", memory)
	}
	os.Exit(m.Run())
}

func eachKind(t *testing.T, test func(t *testing.T, at func(guard Guard) *Folder)) {
	for kind, exchange := range kinds {
		t.Run(kind, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "out", "2024-06")
			test(t, func(guard Guard) *Folder { return atWith(t, path, guard, exchange) })
		})
	}
}

func atWith(t *testing.T, path string, guard Guard, exchange func(a, b string) error) *Folder {
	t.Helper()
	f, err := At(path, "index", listed, guard)
	if err != nil {
		t.Fatal(err)
	}
	f.exchange = exchange
	return f
}

// month is the files of a folder that say what they are of, with their index.
func month(of string, paths ...string) []held {
	var files []held
	for _, path := range paths {
		files = append(files, held{path, of})
	}
	return append(files, held{"index", strings.Join(paths, "\n")})
}

var (
	old = month("old", "book.xlsx", "orders/one.docx", "orders/two.docx", "receipts/one/notice.xlsx")
	now = month("now", "book.xlsx", "orders/one.docx", "summary.docx")
)

// replace replaces a folder as a run does.
func replace(f *Folder, files []held) error {
	if err := f.Clear(); err != nil {
		return err
	}
	if err := stage(f, files); err != nil {
		return err
	}
	return f.Put()
}

// stage writes files beside the folder, the last of which is the index.
func stage(f *Folder, files []held) error {
	if err := f.Stage(); err != nil {
		return err
	}
	last := len(files) - 1
	if _, err := f.Add(each(files[:last])); err != nil {
		return err
	}
	return f.Close([]byte(files[last].Content))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// put makes a file of somebody else below the folder.
func put(t *testing.T, f *Folder, path string) {
	t.Helper()
	path = filepath.Join(f.path, filepath.FromSlash(path))
	must(t, os.MkdirAll(filepath.Dir(path), 0o777))
	must(t, os.WriteFile(path, []byte("theirs"), 0o666))
}

// holds has what lies in a folder: contents by path, folders as "folder", links by where they lead.
func holds(t *testing.T, root string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == root {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		switch name = filepath.ToSlash(name); {
		case entry.IsDir():
			all[name] = "folder"
		case entry.Type() == fs.ModeSymlink:
			all[name], err = os.Readlink(path)
		default:
			var content []byte
			content, err = os.ReadFile(path)
			all[name] = string(content)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return all
}

// filesOf has the files of some that are there, without folders and what is of others.
func filesOf(files []held) map[string]string {
	all := map[string]string{}
	for _, file := range files {
		all[file.Path] = file.Content
	}
	return all
}

// ours leaves out folders and what the test put there.
func ours(all map[string]string) map[string]string {
	all = maps.Clone(all)
	maps.DeleteFunc(all, func(_, content string) bool {
		return content == "folder" || content == "theirs" || content == "nowhere"
	})
	return all
}

// theirs are the paths of others' files below any folder of the month, each as often as it is there.
func theirs(all map[string]string) []string {
	var paths []string
	for path, content := range all {
		if content == "theirs" || content == "nowhere" {
			_, below, _ := strings.Cut(path, "/")
			paths = append(paths, below)
		}
	}
	slices.Sort(paths)
	return paths
}

// TestWhereverItDies dies before each step of replacing a folder and, once more, before each step of the
// repair: there is the old folder or the new one whole, never some of both, and what others put there is
// there, once. By two renames there may be none for a moment.
func TestWhereverItDies(t *testing.T) {
	foreign := []string{"letter.docx", "orders/reply.txt", "scans/a/1.png", "~$book.xlsx"}
	want := append(slices.Clone(foreign), "link")
	slices.Sort(want)
	prepare := func(t *testing.T, f *Folder) {
		must(t, os.RemoveAll(filepath.Dir(f.path)))
		must(t, replace(f, old))
		for _, path := range foreign {
			put(t, f, path)
		}
		must(t, os.Symlink("nowhere", filepath.Join(f.path, "link")))
	}
	const repairedWhole = "repaired:"
	eachKind(t, func(t *testing.T, at func(Guard) *Folder) {
		seen := map[string]int{}
		look := func(when string) {
			all := holds(t, filepath.Dir(at(always).path))
			if diff := cmp.Diff(want, theirs(all)); diff != "" {
				t.Errorf("%s others' files (-want +got)\n%s", when, diff)
			}
			stands := ours(holds(t, at(always).path))
			switch {
			case cmp.Equal(stands, filesOf(old)):
				seen["old"]++
			case cmp.Equal(stands, filesOf(now)):
				seen["new"]++
			case len(stands) == 0 && when != repairedWhole:
				seen["none"]++
			default:
				t.Errorf("%s neither old nor new: %v", when, stands)
			}
		}
		steps, done := 0, false
		for ; !done; steps++ {
			for again := 0; ; again++ {
				prepare(t, at(always))
				err := replace(at(dying(steps)), now)
				if done = err == nil; !done && !errors.Is(err, errDied) {
					t.Fatalf("dying at step %d: %v", steps, err)
				}
				when := fmt.Sprintf("dead at step %d, and at step %d of the repair:", steps, again)
				look(when)
				repaired := at(dying(again)).Clear()
				look(when)
				must(t, at(always).Clear())
				if hidden, err := filepath.Glob(filepath.Join(filepath.Dir(at(always).path), ".*")); err != nil || len(hidden) > 0 {
					t.Errorf("%s left %v, %v", when, hidden, err)
				}
				look(repairedWhole)
				if repaired == nil {
					break
				}
			}
			must(t, replace(at(always), now))
			if stands := ours(holds(t, at(always).path)); !cmp.Equal(stands, filesOf(now)) {
				t.Errorf("dead at step %d, then done again: %v", steps, stands)
			}
		}
		if steps < 6 || seen["old"] == 0 || seen["new"] == 0 {
			t.Errorf("%d steps, seen %v: too few to prove anything", steps, seen)
		}
		if one := at(always).exchange("", "") != errors.ErrUnsupported; one && seen["none"] > 0 {
			t.Errorf("%d times there was no folder", seen["none"])
		}
	})
}

// Where a step fails and the process lives, the old folder or the new one stands at once, and what stands is repaired by
// the next time.
func TestWhereAStepFails(t *testing.T) {
	eachKind(t, func(t *testing.T, at func(Guard) *Folder) {
		for failing, done := 0, false; !done; failing++ {
			must(t, os.RemoveAll(filepath.Dir(at(always).path)))
			must(t, replace(at(always), old))
			put(t, at(always), "letter.docx")
			n := 0
			err := replace(at(func(step func() error) error {
				if n++; n == failing+1 {
					return errDied
				}
				return step()
			}), now)
			done = err == nil
			if stands := ours(holds(t, at(always).path)); !cmp.Equal(stands, filesOf(old)) && !cmp.Equal(stands, filesOf(now)) {
				t.Errorf("step %d failed: %v", failing, stands)
			}
			must(t, replace(at(always), now))
			want := filesOf(now)
			want["letter.docx"], want["orders"] = "theirs", "folder"
			if diff := cmp.Diff(want, holds(t, at(always).path)); diff != "" {
				t.Errorf("step %d failed, then done again (-want +got)\n%s", failing, diff)
			}
		}
	})
}

// What others put there is moved over as it is: folders whole, empty ones too, and what came while the folder
// was being written. What was ours, or is now, goes; so do the temporary files of earlier builds.
func TestOthersFilesAreCarriedOver(t *testing.T) {
	eachKind(t, func(t *testing.T, at func(Guard) *Folder) {
		f := at(always)
		must(t, replace(f, old))
		must(t, os.MkdirAll(filepath.Join(f.path, "empty"), 0o700))
		put(t, f, "orders/.huizong-123")
		put(t, f, "summary.docx") // now ours
		must(t, stage(f, now))
		put(t, f, "late.txt")
		put(t, f, "receipts/one/late.txt")
		must(t, f.Put())
		want := filesOf(now)
		want["late.txt"], want["receipts/one/late.txt"] = "theirs", "theirs"
		for _, folder := range []string{"empty", "orders", "receipts", "receipts/one"} {
			want[folder] = "folder"
		}
		if diff := cmp.Diff(want, holds(t, f.path)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if info, err := os.Stat(filepath.Join(f.path, "empty")); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("a folder that was private: %v, %v", info.Mode(), err)
		}
		if left := holds(t, filepath.Dir(f.path)); len(left) != len(want)+1 {
			t.Errorf("left beside: %v", left)
		}
	})
}

// Of two things of one name both are kept: a folder where a file of ours is to stand, a file where a folder is.
func TestNamesThatAreTaken(t *testing.T) {
	eachKind(t, func(t *testing.T, at func(Guard) *Folder) {
		f := at(always)
		put(t, f, "book.xlsx/mine.txt")
		put(t, f, "book (2).xlsx")
		put(t, f, "orders")
		must(t, replace(f, now))
		want := filesOf(now)
		want["book (3).xlsx"], want["book (3).xlsx/mine.txt"], want["book (2).xlsx"], want["orders (2)"] = "folder", "theirs", "theirs", "theirs"
		want["orders"] = "folder"
		if diff := cmp.Diff(want, holds(t, f.path)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
}

// A folder whose index is not to be understood is somebody else's, but for the names that are ours now.
func TestIndexThatIsGone(t *testing.T) {
	f := atWith(t, filepath.Join(t.TempDir(), "2024-06"), always, exchange)
	must(t, replace(f, old))
	must(t, os.Remove(filepath.Join(f.path, "index")))
	must(t, replace(f, now))
	want := filesOf(now)
	want["orders/two.docx"], want["receipts/one/notice.xlsx"] = "old", "old"
	if diff := cmp.Diff(want, ours(holds(t, f.path))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// An index that is no file is not read, which would wait for a pipe or fail for good; what it holds is kept.
// What was written to be answered in is theirs as soon as they changed it.
func TestWhatPeopleChangedIsKept(t *testing.T) {
	eachKind(t, func(t *testing.T, at func(Guard) *Folder) {
		sum := func(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }
		receipts := func(one, two string) []held {
			return []held{{"one.xlsx", one}, {"two.xlsx", two}, {"index", "one.xlsx#" + sum(one) + " two.xlsx#" + sum(two)}}
		}
		f := at(always)
		must(t, replace(f, receipts("one", "two")))
		must(t, os.WriteFile(filepath.Join(f.path, "two.xlsx"), []byte("answered"), 0o600))
		must(t, replace(f, receipts("one again", "two again")))
		want := filesOf(receipts("one again", "two again"))
		want["two (2).xlsx"] = "answered"
		if diff := cmp.Diff(want, holds(t, f.path)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		must(t, replace(f, receipts("one again", "two again")))
		if diff := cmp.Diff(want, holds(t, f.path)); diff != "" {
			t.Errorf("done again (-want +got)\n%s", diff)
		}
	})
}

func TestIndexThatIsNoFile(t *testing.T) {
	f := atWith(t, filepath.Join(t.TempDir(), "2024-06"), always, exchange)
	put(t, f, "index/mine.txt")
	must(t, replace(f, now))
	want := filesOf(now)
	want["orders"], want["index (2)"], want["index (2)/mine.txt"] = "folder", "folder", "theirs"
	if diff := cmp.Diff(want, holds(t, f.path)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Whoever may not change names any more changes nothing, and says why.
func TestGuardRefuses(t *testing.T) {
	eachKind(t, func(t *testing.T, at func(Guard) *Folder) {
		must(t, replace(at(always), old))
		lost := errors.New("the lock is lost")
		f := at(func(func() error) error { return lost })
		must(t, stage(f, now))
		if err := f.Put(); !errors.Is(err, lost) {
			t.Errorf("error %v", err)
		}
		must(t, f.Drop())
		if got := holds(t, filepath.Dir(f.path)); len(got) != len(holds(t, f.path))+1 {
			t.Errorf("left beside: %v", got)
		}
		if diff := cmp.Diff(filesOf(old), ours(holds(t, f.path))); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
}

// TestNothingLeavesTheFolder: a path that leads out is refused, and nothing is written there.
func TestNothingLeavesTheFolder(t *testing.T) {
	parts := rapid.SampledFrom([]string{"..", ".", "", "a", "b.txt", "/", "\\", "C:", "NUL", "~", "回单", "..x", "\x00"})
	base := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		root, err := os.MkdirTemp(base, "")
		if err != nil {
			r.Fatal(err)
		}
		defer os.RemoveAll(root)
		path := strings.Join(rapid.SliceOfN(parts, 1, 5).Draw(r, "path"), rapid.SampledFrom([]string{"/", ""}).Draw(r, "between"))
		f, err := At(filepath.Join(root, "in", "2024-06"), "index", listed, always)
		if err != nil {
			r.Fatal(err)
		}
		staged := stage(f, []held{{path, "x"}, {"index", ""}})
		inside := f.Staged()
		outside := 0
		filepath.WalkDir(root, func(at string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && !strings.HasPrefix(at, inside+string(filepath.Separator)) {
				outside++
			}
			return err
		})
		if _, above := os.Stat(filepath.Join(base, "a")); outside > 0 || above == nil {
			r.Errorf("%q was written outside", path)
		}
		if !filepath.IsLocal(filepath.FromSlash(path)) && staged == nil {
			r.Errorf("%q was not refused", path)
		}
	})
}

// A file where a folder should be is named.
func TestFileInTheWay(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	must(t, os.WriteFile(file, []byte("theirs"), 0o666))
	for _, path := range []string{file, filepath.Join(file, "2024-06"), filepath.Join(file, "out", "2024-06")} {
		var fault *Fault
		if _, err := At(path, "index", listed, always); !errors.As(err, &fault) || fault.Cause != NoFolder || fault.Path != file {
			t.Errorf("%s: %v", path, err)
		}
	}
	if content, err := os.ReadFile(file); string(content) != "theirs" {
		t.Errorf("%q, %v", content, err)
	}
}

// Where the path is a link, what it leads to changes, and the link stays.
func TestLinkToAFolder(t *testing.T) {
	dir := t.TempDir()
	real, link := filepath.Join(dir, "real"), filepath.Join(dir, "2024-06")
	must(t, os.Mkdir(real, 0o777))
	must(t, os.Symlink(real, link))
	must(t, replace(atWith(t, link, always, exchange), now))
	if diff := cmp.Diff(filesOf(now), ours(holds(t, real))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if to, err := os.Readlink(link); to != real {
		t.Errorf("the link leads to %s, %v", to, err)
	}
}

// A link that leads nowhere, or round in a circle, is named, and stays, be it the folder or one above it.
func TestLinkThatLeadsNowhere(t *testing.T) {
	for _, to := range []string{"nowhere", "2024-06"} {
		link := filepath.Join(t.TempDir(), "2024-06")
		must(t, os.Symlink(to, link))
		for _, path := range []string{link, filepath.Join(link, "2024-06")} {
			var fault *Fault
			if _, err := At(path, "index", listed, always); !errors.As(err, &fault) || fault.Cause != NoFolder || fault.Path != link {
				t.Errorf("error %v", err)
			}
		}
		if is, err := os.Readlink(link); is != to {
			t.Errorf("the link leads to %s, %v", is, err)
		}
	}
}

// A link that an earlier build left beside the folder is taken away, and what it leads to stays.
func TestLinkThatSteppedAside(t *testing.T) {
	theirs := t.TempDir()
	must(t, os.WriteFile(filepath.Join(theirs, "mine.txt"), []byte("theirs"), 0o666))
	for _, ending := range []string{".new", ".old"} {
		for _, to := range []string{"nowhere", theirs} {
			for _, stands := range []bool{true, false} {
				f := atWith(t, filepath.Join(t.TempDir(), "2024-06"), always, exchange)
				if stands {
					must(t, replace(f, old))
				}
				must(t, os.Symlink(to, f.beside(ending)))
				must(t, replace(f, now))
				if diff := cmp.Diff(filesOf(now), ours(holds(t, f.path))); diff != "" {
					t.Errorf("%s to %s (-want +got)\n%s", ending, to, diff)
				}
				if hidden, err := filepath.Glob(filepath.Join(filepath.Dir(f.path), ".*")); err != nil || len(hidden) > 0 {
					t.Errorf("%s to %s left %v, %v", ending, to, hidden, err)
				}
			}
		}
	}
	if len(holds(t, theirs)) != 1 {
		t.Error("what a link led to is gone")
	}
}

// What is written is told with its sum, in the order in which it came, however long each takes.
func TestAddTellsWhatIsWritten(t *testing.T) {
	f := atWith(t, filepath.Join(t.TempDir(), "2024-06"), always, exchange)
	must(t, f.Stage())
	defer f.Drop()
	var files []held
	var want []Listed
	for i := range 50 {
		content := strings.Repeat("x", (50-i)*1000)
		files = append(files, held{fmt.Sprint("of/", i), content})
		want = append(want, Listed{fmt.Sprint("of/", i), fmt.Sprintf("%x", sha256.Sum256([]byte(content)))})
	}
	got, err := f.Add(each(files))
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// An error of a file, or one that comes instead of it, ends the adding; two files of one path are an error.
func TestAddFails(t *testing.T) {
	broken := errors.New("broken")
	for name, files := range map[string]iter.Seq2[File, error]{
		"of a file": func(yield func(File, error) bool) {
			for i := 0; yield(File{fmt.Sprint(i), func(io.Writer) error { return broken }}, nil); i++ { // for ever, but for the error
			}
		},
		"instead of a file": func(yield func(File, error) bool) {
			if yield(Holding("a", nil), nil) && yield(File{}, broken) {
				t.Error("more was asked for")
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := atWith(t, filepath.Join(t.TempDir(), "2024-06"), always, exchange)
			must(t, f.Stage())
			defer f.Drop()
			if _, err := f.Add(files); !errors.Is(err, broken) {
				t.Errorf("error %v", err)
			}
		})
	}
	f := atWith(t, filepath.Join(t.TempDir(), "2024-06"), always, exchange)
	must(t, f.Stage())
	defer f.Drop()
	if _, err := f.Add(each([]held{{"a", "one"}, {"a", "two"}})); !errors.Is(err, fs.ErrExist) {
		t.Errorf("two files of one path: %v", err)
	}
}
