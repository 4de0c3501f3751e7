package zipped_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"huizong/internal/zipped"
)

func archive(t *testing.T, edit zipped.Edit, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zipped.NewWriter(&out, edit)
	for _, name := range names {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(part, "content of "+name)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t *testing.T, content []byte) (names []string, parts map[string]string) {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	parts = map[string]string{}
	for _, file := range r.File {
		part, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		names, parts[file.Name] = append(names, file.Name), string(text)
	}
	return names, parts
}

func TestOrderDoesNotMatter(t *testing.T) {
	one, other := archive(t, nil, "b", "a/x", "[c].xml"), archive(t, nil, "[c].xml", "b", "a/x")
	if !bytes.Equal(one, other) {
		t.Error("the same parts in another order give other bytes")
	}
	names, _ := read(t, one)
	if diff := cmp.Diff([]string{"[c].xml", "a/x", "b"}, names); diff != "" {
		t.Error(diff)
	}
}

func TestEditHasTheLastWord(t *testing.T) {
	edit := func(to io.Writer, part string, content []byte) error {
		if part == "b" {
			content = []byte("edited")
		}
		_, err := to.Write(content)
		return err
	}
	_, parts := read(t, archive(t, edit, "a", "b"))
	if diff := cmp.Diff(map[string]string{"a": "content of a", "b": "edited"}, parts); diff != "" {
		t.Error(diff)
	}
}

func TestPartTwice(t *testing.T) {
	w := zipped.NewWriter(io.Discard, nil)
	if _, err := w.Create("a"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Create("a"); err == nil {
		t.Error("a part of a name that is taken was accepted")
	}
}

func TestEditFails(t *testing.T) {
	broken := errors.New("broken")
	w := zipped.NewWriter(io.Discard, func(io.Writer, string, []byte) error { return broken })
	if _, err := w.Create("a"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); !errors.Is(err, broken) {
		t.Errorf("%v, want the error of the edit", err)
	}
}

func TestAddFS(t *testing.T) {
	var out bytes.Buffer
	w := zipped.NewWriter(&out, nil)
	if err := w.AddFS(fstest.MapFS{"d/f": {Data: []byte("1")}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_, parts := read(t, out.Bytes())
	if diff := cmp.Diff(map[string]string{"d/f": "1"}, parts); diff != "" {
		t.Error(diff)
	}
}
