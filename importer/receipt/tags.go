package receipt

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
)

// errForeign is why a workbook cannot be annotated as it is: parts of it are made in a way that is
// not safe to edit.
var errForeign = errors.New("not a workbook that can be annotated in place")

// A tag is where a tag of an XML part stands: content[from:to] is all of it, brackets included.
type tag struct {
	from, to    int
	name        string // with its prefix
	end, single bool   // </name>; <name/>
}

// local is the name without its prefix.
func (t tag) local() string { return t.name[strings.IndexByte(t.name, ':')+1:] }

// prefix is that of the name with its colon; blank where it has none.
func (t tag) prefix() string { return t.name[:strings.IndexByte(t.name, ':')+1] }

// tags walks over the tags of a part in their order, past texts, comments, CDATA and instructions. The
// parts have been read before by a strict reader: what breaks that trust is errForeign.
type tags struct {
	content []byte
	at      int
}

// next is the next tag; not ok at the end of the part.
func (w *tags) next() (t tag, ok bool, err error) {
	for {
		open := bytes.IndexByte(w.content[w.at:], '<')
		if open < 0 {
			return tag{}, false, nil
		}
		from := w.at + open
		rest := w.content[from:]
		for _, other := range [...][2]string{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}} {
			if !bytes.HasPrefix(rest, []byte(other[0])) {
				continue
			}
			end := bytes.Index(rest[len(other[0]):], []byte(other[1]))
			if end < 0 {
				return tag{}, false, errForeign
			}
			w.at = from + len(other[0]) + end + len(other[1])
			rest = nil
			break
		}
		if rest == nil {
			continue
		}
		return w.tag(from)
	}
}

func (w *tags) tag(from int) (t tag, ok bool, err error) {
	quote := byte(0)
	for i := from + 1; i < len(w.content); i++ {
		switch c := w.content[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			w.at = i + 1
			t = tag{from: from, to: i + 1, end: w.content[from+1] == '/', single: w.content[i-1] == '/'}
			begin := from + 1
			if t.end {
				begin++
			}
			stop := begin
			for stop < i && !strings.ContainsRune(" \t\r\n/", rune(w.content[stop])) {
				stop++
			}
			t.name = string(w.content[begin:stop])
			return t, true, nil
		}
	}
	return tag{}, false, errForeign
}

// find is the next tag that begins an element of a name, wherever it stands.
func (w *tags) find(local string) (t tag, ok bool, err error) {
	for {
		t, ok, err = w.next()
		if err != nil || !ok || !t.end && t.local() == local {
			return t, ok, err
		}
	}
}

// close is the end of the element that a tag begins: for a single one itself.
func (w *tags) close(of tag) (tag, error) {
	if of.single {
		return of, nil
	}
	depth := 1
	for {
		t, ok, err := w.next()
		switch {
		case err != nil:
			return tag{}, err
		case !ok:
			return tag{}, errForeign
		case t.end:
			depth--
		case !t.single:
			depth++
		}
		if depth == 0 {
			return t, nil
		}
	}
}

// attribute is the raw value of an attribute of a tag by its full name, and where it stands.
func attribute(text []byte, name string) (value string, from, to int) {
	i := 1
	for i < len(text) && !strings.ContainsRune(" \t\r\n/>", rune(text[i])) {
		i++
	}
	for {
		for i < len(text) && strings.ContainsRune(" \t\r\n/", rune(text[i])) {
			i++
		}
		begin := i
		for i < len(text) && !strings.ContainsRune(" \t\r\n=>", rune(text[i])) {
			i++
		}
		found := string(text[begin:i])
		for i < len(text) && text[i] != '"' && text[i] != '\'' {
			i++
		}
		if i >= len(text) {
			return "", -1, -1
		}
		end := bytes.IndexByte(text[i+1:], text[i])
		if end < 0 {
			return "", -1, -1
		}
		if found == name {
			return string(text[i+1 : i+1+end]), i + 1, i + 1 + end
		}
		i += end + 2
	}
}

// number is an attribute that is a number, or what it is where it is absent.
func number(text []byte, name string, absent int) (int, error) {
	value, from, _ := attribute(text, name)
	if from < 0 {
		return absent, nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(value))
	if err != nil || n < 0 {
		return 0, errForeign
	}
	return n, nil
}

// with is a tag with an attribute set.
func with(text []byte, name, value string) []byte {
	if _, from, to := attribute(text, name); from >= 0 {
		return []byte(string(text[:from]) + value + string(text[to:]))
	}
	end := len(text) - 1
	if text[end-1] == '/' {
		end--
	}
	return []byte(string(text[:end]) + " " + name + `="` + value + `"` + string(text[end:]))
}

// An edit puts other bytes in the place of content[from:to].
type edit struct {
	from, to int
	by       string
}

// edited is content with edits, which come in their order and do not overlap.
func edited(content []byte, edits []edit) []byte {
	var b bytes.Buffer
	at := 0
	for _, e := range edits {
		b.Write(content[at:e.from])
		b.WriteString(e.by)
		at = e.to
	}
	b.Write(content[at:])
	return b.Bytes()
}

// escaped is text as it stands in XML, in attributes too; what XML cannot hold becomes a question mark.
func escaped(text string) string {
	var b strings.Builder
	for _, c := range text {
		switch {
		case c == '&':
			b.WriteString("&amp;")
		case c == '<':
			b.WriteString("&lt;")
		case c == '>':
			b.WriteString("&gt;")
		case c == '"':
			b.WriteString("&quot;")
		case c == '\n':
			b.WriteString("&#10;")
		case c == '\t', c == '\r':
			b.WriteString(" ")
		case c < ' ' || c == '\uFFFE' || c == '\uFFFF' || c == '\uFFFD':
			b.WriteString("?")
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}
