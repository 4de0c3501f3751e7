// Dist makes what a county is given: for each system an archive of the program, the manual, the
// default county.toml and the licence, and the sums of the archives beside them. The same
// sources give the same bytes, whoever makes them and wherever.
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"huizong/cmd/internal/job"
	"huizong/internal/zipped"
)

// targets are the systems that counties have.
var targets = []target{{"windows", "amd64"}, {"linux", "amd64"}, {"linux", "arm64"}, {"linux", "loong64"}}

type target struct{ system, machine string }

func main() {
	log.SetFlags(0)
	to := flag.String("to", "dist", "the folder to write into")
	flag.Parse()
	if err := dist(".", *to, targets); err != nil {
		log.Fatal(err)
	}
}

// dist makes the archives of the sources in a folder, and SHA256SUMS as sha256sum reads it.
func dist(sources, to string, targets []target) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	shared, err := papers(sources)
	if err != nil {
		return err
	}
	var sums strings.Builder
	for _, t := range targets {
		program, err := build(sources, t)
		if err != nil {
			return err
		}
		tree := maps.Clone(shared)
		tree[path.Join(root, t.program())] = program
		if t.system == "windows" { // which opens it at a double click, in Notepad
			manual := strings.ReplaceAll(string(shared[path.Join(root, manual)]), "\n", "\r\n")
			tree[path.Join(root, "操作员手册.txt")] = []byte("\ufeff" + manual)
		}
		var archive bytes.Buffer
		if err := t.pack(&archive, tree); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, t.archive()), archive.Bytes(), 0o644); err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(archive.Bytes()), t.archive())
	}
	return os.WriteFile(filepath.Join(to, "SHA256SUMS"), []byte(sums.String()), 0o644)
}

// archive is the name of the target's archive.
func (t target) archive() string {
	suffix := ".tar.gz"
	if t.system == "windows" {
		suffix = ".zip"
	}
	return fmt.Sprintf("huizong_%s_%s_%s%s", job.Version, t.system, t.machine, suffix)
}

// program is the name of the program in it.
func (t target) program() string {
	if t.system == "windows" {
		return "huizong.exe"
	}
	return "huizong"
}

// root is the folder that every archive unpacks into, whatever its version: a new one is unpacked
// over the old one. Nothing in it has the name of what the county makes there: its county.toml, its
// database and its results stay.
const root = "huizong"

// manual is the operator's.
const manual = "README.zh-CN.md"

// papers are the files of every archive by their paths: all but the program.
func papers(sources string) (map[string][]byte, error) {
	tree := map[string][]byte{}
	add := func(as, file string) error {
		content, err := os.ReadFile(filepath.Join(sources, filepath.FromSlash(file)))
		tree[path.Join(root, as)] = content
		return err
	}
	for as, file := range map[string]string{manual: manual, "LICENSE": "LICENSE", "default/county.toml": "internal/county/county.toml"} {
		if err := add(as, file); err != nil {
			return nil, err
		}
	}
	err := fs.WalkDir(os.DirFS(sources), "doc", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".md" && path.Ext(name) != ".png" {
			return err
		}
		return add(name, name)
	})
	return tree, err
}

// build makes the program. What the surroundings could put into it is left out: folders, the state
// of git, flags of the person who builds.
func build(sources string, t target) ([]byte, error) {
	dir, err := os.MkdirTemp("", "huizong-dist")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, t.program())
	command := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", file, "./cmd/huizong")
	command.Dir = sources
	command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOEXPERIMENT=", "GOOS="+t.system, "GOARCH="+t.machine, "GOAMD64=v1", "GOARM64=v8.0")
	if out, err := command.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build for %s/%s: %w\n%s", t.system, t.machine, err, out)
	}
	return os.ReadFile(file)
}

// stamp is the time of every file: an archive says nothing of when it was made.
var stamp = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

// pack writes the archive, files in the order of their names.
func (t target) pack(to io.Writer, tree map[string][]byte) error {
	if t.system == "windows" {
		archive := zipped.NewWriter(to, nil)
		for _, name := range slices.Sorted(maps.Keys(tree)) {
			part, err := archive.Create(name)
			if err != nil {
				return err
			}
			if _, err := part.Write(tree[name]); err != nil {
				return err
			}
		}
		return archive.Close()
	}
	packed := gzip.NewWriter(to)
	archive := tar.NewWriter(packed)
	for _, name := range slices.Sorted(maps.Keys(tree)) {
		mode := int64(0o644)
		if path.Base(name) == t.program() {
			mode = 0o755
		}
		header := &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: int64(len(tree[name])), Mode: mode, ModTime: stamp, Format: tar.FormatUSTAR}
		if err := archive.WriteHeader(header); err != nil {
			return err
		}
		if _, err := archive.Write(tree[name]); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return packed.Close()
}
