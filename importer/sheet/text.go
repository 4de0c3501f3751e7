package sheet

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// content appends to dst the characters of the element just begun, which may
// have no children, and reads it to its end.
func (s *scanner) content(dst []byte) ([]byte, error) {
	from := len(dst)
	for {
		token, err := s.next()
		switch {
		case err != nil:
			return dst, err
		case token == tokenEnd:
			return dst, nil
		case token == tokenStart:
			return dst, s.damaged("<%.40s> within text", s.local)
		case s.coded:
			dst = decode(dst, s.text, s.literal)
		default:
			dst = append(dst, s.text...)
		}
		if len(dst)-from > s.limits.Text {
			return dst, over(s.part, "text", int64(s.limits.Text))
		}
	}
}

// item appends to dst the characters of a string item (si or is) and reads it to
// its end: plain text and rich runs in their order, without readings.
func (s *scanner) item(dst []byte) ([]byte, marks, error) {
	from, inRun := len(dst), false
	s.runs = s.runs[:0]
	for {
		more, err := s.child()
		switch {
		case err != nil:
		case !more && !inRun:
			return dst, s.itemMarks(dst[from:]), nil
		case !more:
			inRun = false
			s.runs[len(s.runs)-1].to = len(dst) - from
		case s.is(spaceMain, "t"):
			at := len(dst)
			dst, err = s.content(dst)
			dst = unescape(dst, at)
		case s.is(spaceMain, "r") && !inRun:
			inRun = true
			s.runs = append(s.runs, run{to: len(dst) - from}, run{})
		case s.is(spaceMain, "rPr") && inRun:
			last := &s.runs[len(s.runs)-1]
			last.own = true
			last.font, err = s.font()
		case !inRun && s.space == spaceMain && besideText[string(s.local)]:
			err = s.skip()
		default:
			err = s.unexpected("a string")
		}
		if err == nil && len(dst)-from > s.limits.Text {
			err = over(s.part, "text", int64(s.limits.Text))
		}
		if err != nil {
			return dst, marks{}, err
		}
	}
}

// itemMarks gives the marks of a string item by the runs of it.
func (s *scanner) itemMarks(text []byte) marks {
	if len(s.runs) == 0 {
		return wholly
	}
	return marksOf(text, append(s.runs, run{to: len(text)}))
}

// font reads the font just begun to its end, in the styles or in a string item.
func (s *scanner) font() (f font, err error) {
	return f, s.children(func() (err error) {
		switch {
		case s.is(spaceMain, "strike"):
			value, given := s.attr("val")
			f.struck = !given || string(value) != "0" && string(value) != "false"
		case s.is(spaceMain, "vertAlign"):
			value, _ := s.attr("val")
			f.raised = string(value) == "superscript"
		}
		return s.skip()
	})
}

// besideText are the elements of a string item that are no text of it: readings.
var besideText = map[string]bool{"rPh": true, "phoneticPr": true, "extLst": true}

func (s *scanner) unexpected(where string) error {
	return s.damaged("<%.40s> within %s", s.local, where)
}

// value gives the characters of an attribute, until the next call.
func (s *scanner) value(a *attr) []byte {
	if !a.coded {
		return a.value
	}
	s.scratch = s.scratch[:0]
	for rest := a.value; len(rest) > 0; {
		switch c := rest[0]; {
		case c == '&':
			r, n := reference(rest)
			s.scratch = utf8.AppendRune(s.scratch, r)
			rest = rest[n:]
			continue
		case class[c]&inSpace != 0:
			s.scratch = append(s.scratch, ' ')
		default:
			s.scratch = append(s.scratch, c)
		}
		rest = rest[1:]
	}
	return s.scratch
}

// decode appends text with references resolved, unless it is literal, and line
// ends made \n as XML demands. The text has been checked.
func decode(dst, text []byte, literal bool) []byte {
	for len(text) > 0 {
		plain := bytes.IndexAny(text, "&\r")
		if plain < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:plain]...)
		text = text[plain:]
		switch {
		case text[0] == '\r':
			dst = append(dst, '\n')
			text = bytes.TrimPrefix(text[1:], []byte("\n"))
		case literal:
			dst = append(dst, '&')
			text = text[1:]
		default:
			r, n := reference(text)
			dst = utf8.AppendRune(dst, r)
			text = text[n:]
		}
	}
	return dst
}

// reference reads the character or entity reference at the start of b; its length
// is 0 if there is none that XML knows without a DOCTYPE.
func reference(b []byte) (r rune, length int) {
	end := bytes.IndexByte(b[:min(len(b), 12)], ';')
	if end < 3 {
		return 0, 0
	}
	switch name := b[1:end]; {
	case name[0] == '#' && name[1] == 'x':
		r = digits(name[2:], 16)
	case name[0] == '#':
		r = digits(name[1:], 10)
	default:
		r = entities[string(name)]
	}
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' || !utf8.ValidRune(r) || r == 0xFFFE || r == 0xFFFF {
		return 0, 0
	}
	return r, end + 1
}

var entities = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "quot": '"', "apos": '\''}

// digits reads a number of base 10 or 16, -1 if it is none or too large for a character.
func digits(b []byte, base rune) rune {
	r := rune(-1)
	for i, c := range b {
		digit := hex(c)
		if digit < 0 || digit >= base || r > utf8.MaxRune {
			return -1
		}
		if i == 0 {
			r = 0
		}
		r = r*base + digit
	}
	return r
}

func hex(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case 'a' <= c && c <= 'f':
		return rune(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return rune(c-'A') + 10
	}
	return -1
}

// unescape resolves in b[from:] the escapes _xHHHH_ by which spreadsheets store
// what XML cannot (_x000D_) or what looks like an escape (_x005F_). Halves of
// surrogate pairs stay as they stand.
func unescape(b []byte, from int) []byte {
	if !bytes.Contains(b[from:], []byte("_x")) {
		return b
	}
	to := from
	for i := from; i < len(b); {
		r, n := escape(b[i:])
		if n > 0 && utf16.IsSurrogate(r) {
			low, m := escape(b[i+n:])
			r, n = utf16.DecodeRune(r, low), n+m
			if r == utf8.RuneError {
				n = 0
			}
		}
		if n == 0 {
			b[to] = b[i]
			to, i = to+1, i+1
			continue
		}
		to += utf8.EncodeRune(b[to:to+7], r)
		i += n
	}
	return b[:to]
}

// escape reads _xHHHH_ at the start of b; its length is 0 if there is none.
func escape(b []byte) (r rune, length int) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, 0
	}
	if r = digits(b[2:6], 16); r < 0 {
		return 0, 0
	}
	return r, 7
}
