package job

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
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huizong/importer"
	"huizong/internal/county"
	"huizong/internal/ledger"
)

// manyFiles makes a folder of small files, none of them a return, and gives their paths in
// order.
func manyFiles(t *testing.T, n int) (dir string, paths []string) {
	t.Helper()
	dir = t.TempDir()
	for i := range n {
		paths = append(paths, fmt.Sprintf("%03d.txt", i))
		if err := os.WriteFile(filepath.Join(dir, paths[i]), []byte(strings.Repeat("这不是报表\n", 1+i%7*500)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir, paths
}

func TestListOfAnInbox(t *testing.T) {
	dir := t.TempDir()
	skipped := []string{".DS_Store", ".git", "Thumbs.db", "desktop.ini", "水利局.xlsx:Zone.Identifier", "水利局/~$6月.xlsx", "水利局/桌面.LNK"}
	read := []string{"thumbs.xlsx", "水利局.xlsx", "水利局/6月.xlsx"}
	for _, path := range slices.Concat(skipped, read, []string{".git/6月.xlsx", receivedList, waiverList}) {
		path = filepath.Join(dir, filepath.FromSlash(path))
		if path == filepath.Join(dir, ".git") {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err)
	}
	for _, name := range []string{dir, link} {
		gotRead, gotSkipped, err := Inbox{Dir: name}.list()
		if diff := cmp.Diff([][]string{read, skipped}, [][]string{gotRead, gotSkipped}); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got)\n%s", name, err, diff)
		}
	}
	listed := importer.Arrival{Day: ledger.Date{Year: 2024, Month: 6, Day: 24}}
	this, other := listed, listed
	this.SHA256, other.SHA256 = "a", "b"
	received := map[string]importer.Arrival{"水利局.xlsx": listed, "水利局/5月.xlsx": listed, "Thumbs.db": listed, "林业局.xlsx": listed,
		"6月.zip/交通局.xlsx": listed, "thumbs.xlsx": this, "水利局/6月.xlsx": other}
	sums := map[string]string{"水利局.xlsx": "a", "thumbs.xlsx": "a", "水利局/6月.xlsx": "a", "6月.zip": "c", "6月.zip/交通局.xlsx": "a"}
	if diff := cmp.Diff([]string{"林业局.xlsx", "水利局/5月.xlsx", "水利局/6月.xlsx"}, unmatched(received, skipped, sums)); diff != "" {
		t.Errorf("received without a file (-want +got)\n%s", diff)
	}
}

func TestDeliveriesComeInTheOrderOfTheirPaths(t *testing.T) {
	dir, want := manyFiles(t, 50)
	var got []string
	for d, err := range deliveries(t.Context(), configOf(county.Default(), june, nil), dir, want) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, d.Path)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A loop that breaks leaves nothing behind: no file is read after it.
func TestLoopOverDeliveriesMayBreak(t *testing.T) {
	dir, paths := manyFiles(t, 50)
	before, given := runtime.NumGoroutine(), 0
	for _, err := range deliveries(t.Context(), configOf(county.Default(), june, nil), dir, paths) {
		if err != nil {
			t.Fatal(err)
		}
		if given++; given == 3 {
			break
		}
	}
	for deadline := time.Now().Add(time.Second); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) { // a reader that is done may take an instant to go
			t.Fatalf("%d goroutines before the loop, %d after it", before, runtime.NumGoroutine())
		}
	}
}

// No more files are read ahead of the loop than is said: one beyond them, gone while the loop
// has the first, is missed.
func TestDeliveriesAreReadAheadByABoundedNumber(t *testing.T) {
	dir, paths := manyFiles(t, 50)
	given, most := 0, ahead*runtime.GOMAXPROCS(0)
	if most >= len(paths) {
		t.Skip("more cores than files")
	}
	for _, err := range deliveries(t.Context(), configOf(county.Default(), june, nil), dir, paths) {
		if err != nil {
			break
		}
		if given++; given > 1 {
			continue
		}
		time.Sleep(10 * time.Millisecond) // time enough to read them all
		if err := os.Remove(filepath.Join(dir, paths[most])); err != nil {
			t.Fatal(err)
		}
	}
	if given != most {
		t.Errorf("%d files were given, want %d", given, most)
	}
}

// Trouble with a file ends the loop and names the file; so does the end of the run.
func TestTroubleWithADelivery(t *testing.T) {
	dir, paths := manyFiles(t, 9)
	if err := os.Remove(filepath.Join(dir, paths[4])); err != nil {
		t.Fatal(err)
	}
	read := func(ctx context.Context) (given []string, trouble error) {
		for d, err := range deliveries(ctx, configOf(county.Default(), june, nil), dir, paths) {
			if err != nil {
				trouble = errors.Join(trouble, err)
				continue
			}
			given = append(given, d.Path)
		}
		return given, trouble
	}
	given, err := read(t.Context())
	if diff := cmp.Diff(paths[:4], given); diff != "" || !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), filepath.Join(dir, paths[4])) {
		t.Errorf("error %v, given before it (-want +got)\n%s", err, diff)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if given, err := read(ended); len(given) != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("of a run that is over %v were given, error %v", given, err)
	}
}

func TestPassedOver(t *testing.T) {
	for path, want := range map[string]bool{
		"6月/交通局.xlsx": false, "缩略图.db": false, "~交通局.xlsx": false, "desktop.ini.xlsx": false, "__MACOSX.xlsx": false,
		".DS_Store": true, "~$交通局.xlsx": true, "Thumbs.db": true, "6月/thumbs.DB": true, "Desktop.ini": true, "报表 - 快捷方式.LNK": true,
		"交通局.xlsx:Zone.Identifier": true, "__MACOSX/6月/交通局.xlsx": true, ".git/交通局.xlsx": true, ".~交通局.xlsx": true,
	} {
		if passedOver(path) != want {
			t.Errorf("%s is passed over: %t", path, !want)
		}
	}
}
