package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const house = "../.."

// Packed, files are what they were, the program can be started, and nothing says when or in what
// order they came.
func TestPack(t *testing.T) {
	tree := map[string][]byte{"huizong/huizong": []byte("program"), "huizong/LICENSE": []byte("licence"), "huizong/doc/a.md": nil}
	var packed [2]bytes.Buffer
	for i := range packed {
		if err := (target{"linux", "amd64"}).pack(&packed[i], maps.Clone(tree)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(packed[0].Bytes(), packed[1].Bytes()) {
		t.Error("packed twice, the archive differs")
	}
	unzipped, err := gzip.NewReader(&packed[0])
	if err != nil || !unzipped.ModTime.IsZero() {
		t.Fatal(err, unzipped.ModTime)
	}
	var names []string
	for archive := tar.NewReader(unzipped); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(archive)
		if err != nil || !bytes.Equal(content, tree[header.Name]) {
			t.Errorf("%s: %q, %v", header.Name, content, err)
		}
		if executable := header.Mode == 0o755; executable != (path.Base(header.Name) == "huizong") || !header.ModTime.Equal(stamp) {
			t.Errorf("%s: mode %o, %v", header.Name, header.Mode, header.ModTime)
		}
		names = append(names, header.Name)
	}
	if diff := cmp.Diff([]string{"huizong/LICENSE", "huizong/doc/a.md", "huizong/huizong"}, names); diff != "" {
		t.Error(diff)
	}

	var zipped bytes.Buffer
	if err := (target{"windows", "amd64"}).pack(&zipped, tree); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(zipped.Bytes()), int64(zipped.Len()))
	if err != nil || len(archive.File) != 3 {
		t.Fatal(err)
	}
}

// The manual in an archive leads to nothing that is not there, and nothing there would be unpacked
// over what a county makes.
func TestWhatIsInIt(t *testing.T) {
	tree, err := papers(house)
	if err != nil {
		t.Fatal(err)
	}
	manual := string(tree["huizong/README.zh-CN.md"])
	links := regexp.MustCompile(`\]\(([^)#]+)`).FindAllStringSubmatch(manual, -1)
	for _, link := range links {
		if _, ok := tree["huizong/"+link[1]]; !ok {
			t.Errorf("%s is not in the archive", link[1])
		}
	}
	if len(links) < 4 || len(tree["huizong/default/county.toml"]) == 0 || len(tree["huizong/LICENSE"]) == 0 {
		t.Errorf("%d links, %q", len(links), slices.Sorted(maps.Keys(tree)))
	}
	for _, made := range []string{"county.toml", "huizong.db", "收件", "out", "demo"} {
		for name := range tree {
			if name == "huizong/"+made || strings.HasPrefix(name, "huizong/"+made+"/") {
				t.Errorf("%s is the county's", name)
			}
		}
	}
}

// Made of two copies of the sources, in folders of other names, the archives are the same.
func TestSameBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program twice")
	}
	here := []target{{"linux", runtime.GOARCH}}
	var made [2]map[string][]byte
	for i := range made {
		sources, to := filepath.Join(t.TempDir(), strings.Repeat("源", i+1)), t.TempDir()
		for _, part := range []string{"cmd", "consolidate", "importer", "validate", "samples", "internal", "doc"} {
			if err := os.CopyFS(filepath.Join(sources, part), os.DirFS(filepath.Join(house, part))); err != nil {
				t.Fatal(err)
			}
		}
		for _, file := range []string{"go.mod", "go.sum", "LICENSE", "README.zh-CN.md"} {
			content, err := os.ReadFile(filepath.Join(house, file))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(sources, file), content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := dist(sources, to, here); err != nil {
			t.Fatal(err)
		}
		made[i] = map[string][]byte{}
		for _, name := range []string{here[0].archive(), "SHA256SUMS"} {
			content, err := os.ReadFile(filepath.Join(to, name))
			if err != nil {
				t.Fatal(err)
			}
			made[i][name] = content
		}
	}
	for name, content := range made[0] {
		if !bytes.Equal(content, made[1][name]) {
			t.Errorf("%s differs", name)
		}
	}
}
