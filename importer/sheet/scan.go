package sheet

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// scanner reads the XML of one part, token by token, in one window of bytes. It
// is a strict reader of the XML that OOXML allows: well-formed, namespaces bound,
// UTF-8 or UTF-16, no DOCTYPE. Everything but the end of a whole document is an
// error; names are ASCII, as all of OOXML's are. What it hands out (local, attrs, text) lives in the window, until the
// next call.
type scanner struct {
	part   string
	limits Limits

	r    io.Reader // nil when the rest of the part is in the window
	win  []byte    // what is read and not dropped; win[pos:] is to come
	pos  int
	torn bool // the part ends, or can be read no further, where more must come
	own  []byte

	local []byte // the name of the element just begun, without prefix
	space space  // its namespace
	attrs []attr

	text    []byte // characters, as they stand
	coded   bool   // text needs decoding
	literal bool   // text is CDATA: no references in it

	owed     bool // the end of an empty element is to be given
	rooted   bool // the root element has begun
	open     []element
	names    []byte // names of the open elements, glued
	bindings []binding
	implicit space // the namespace of names without prefix
	scratch  []byte
	runs     []run // of the string item being read
}

type token uint8

const (
	tokenEOF token = iota
	tokenStart
	tokenEnd
	tokenText
)

type attr struct {
	name, value []byte
	coded       bool // value needs decoding
}

// element is an open element; its name is names[name:] up to the next one's.
type element struct{ name, bindings int }

// Classes of bytes. Whatever is in none of the wanted classes takes the slow path.
const (
	inName  = 1 << iota // may stand in a name
	inSpace             // white space
	inText              // stands for itself in text
	inAttr              // stands for itself in an attribute, whatever its quotes
)

var class = func() (class [256]uint8) {
	for c := range 256 {
		switch {
		case '0' <= c && c <= '9', 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', c == '_', c == '-', c == '.', c == ':':
			class[c] |= inName
		case c == ' ', c == '\t', c == '\n', c == '\r':
			class[c] |= inSpace
		}
		if c >= ' ' && c < utf8.RuneSelf {
			if c != '<' && c != '&' && c != ']' {
				class[c] |= inText
			}
			if c != '<' && c != '&' && c != '"' && c != '\'' {
				class[c] |= inAttr
			}
		}
	}
	class['\t'] |= inText
	class['\n'] |= inText
	return class
}()

const window = 64 << 10

// reset makes the scanner read r, or data where r is nil.
func (s *scanner) reset(part string, limits Limits, r io.Reader, data []byte) error {
	own := s.own
	if own == nil {
		own = make([]byte, 0, window)
	}
	*s = scanner{
		part: part, limits: limits, r: r, win: data, own: own,
		attrs: s.attrs[:0], open: s.open[:0], names: s.names[:0], bindings: s.bindings[:0], scratch: s.scratch[:0],
		runs: s.runs[:0],
	}
	if r != nil {
		s.win = own
		if err := s.fill(); err != nil {
			return err
		}
	}
	return s.begin()
}

func (s *scanner) damaged(format string, args ...any) error {
	return damaged(s.part, format, args...)
}

// fill reads more of the part behind win[pos:], which stays.
func (s *scanner) fill() error {
	if s.r == nil {
		s.torn = true
		return s.damaged("the XML is cut off")
	}
	if rest := s.win[s.pos:]; s.pos > 0 || len(s.win) < cap(s.win) {
		s.win = s.win[:copy(s.win[:cap(s.win)], rest)]
		s.pos = 0
	} else {
		s.win = append(make([]byte, 0, 2*cap(s.win)), s.win...)
	}
	for len(s.win) < cap(s.win) {
		n, err := s.r.Read(s.win[len(s.win):cap(s.win)])
		s.win = s.win[:len(s.win)+n]
		if err == io.EOF {
			s.r = nil
			return nil
		}
		if err != nil {
			s.torn = true
			return err
		}
	}
	return nil
}

// next moves to the next token. Comments and processing instructions are passed
// over; white space around the root element too.
func (s *scanner) next() (token, error) {
	if s.owed {
		s.owed = false
		s.pop()
		return tokenEnd, nil
	}
	for {
		rest := s.win[s.pos:]
		if len(rest) < 2 && s.r != nil {
			if err := s.fill(); err != nil {
				return 0, err
			}
			continue
		}
		if len(rest) == 0 {
			return tokenEOF, s.finished()
		}
		token, whole, err := s.scan(rest)
		switch read := len(rest) - (len(s.win) - s.pos); {
		case err != nil:
			return 0, err
		case whole && read > s.limits.Tag, !whole && len(rest) > s.limits.Tag:
			return 0, over(s.part, "tag", int64(s.limits.Tag))
		case !whole:
			if err := s.fill(); err != nil {
				return 0, err
			}
			continue
		}
		if token != tokenEOF {
			return token, nil
		}
	}
}

// scan reads one token at the start of b, or reports that b is not the whole of
// it. It gives tokenEOF for what is to be passed over.
func (s *scanner) scan(b []byte) (t token, whole bool, err error) {
	if b[0] != '<' {
		whole, err = s.scanText(b)
		if len(s.open) > 0 {
			t = tokenText
		}
		return t, whole, err
	}
	if len(b) < 2 {
		return t, false, nil
	}
	switch b[1] {
	case '/':
		whole, err = s.scanEnd(b)
		return tokenEnd, whole, err
	case '?':
		whole, err = s.scanInstruction(b)
		return t, whole, err
	case '!':
		return s.scanDeclaration(b)
	default:
		whole, err = s.scanStart(b)
		return tokenStart, whole, err
	}
}

func (s *scanner) finished() error {
	if len(s.open) > 0 || !s.rooted {
		s.torn = true
		return s.damaged("the XML is cut off")
	}
	return nil
}

func (s *scanner) scanText(b []byte) (bool, error) {
	n := 0
	for n < len(b) && class[b[n]]&inText != 0 {
		n++
	}
	s.coded, s.literal = false, false
	if n == len(b) || b[n] != '<' {
		end := bytes.IndexByte(b[n:], '<')
		switch {
		case end >= 0:
			n += end
		case s.r != nil:
			return false, nil
		default:
			n = len(b)
		}
		coded, err := s.check(b[:n], false)
		if err != nil {
			return false, err
		}
		if bytes.Contains(b[:n], []byte("]]>")) {
			return false, s.damaged("]]> outside of CDATA")
		}
		s.coded = coded
	}
	s.text = b[:n]
	if len(s.open) == 0 && !blank(s.text) {
		return false, s.damaged("text outside of the root element")
	}
	s.pos += n
	return true, nil
}

// check proves that b consists of XML characters and, outside of CDATA, of whole
// references; it reports whether anything in b needs decoding.
func (s *scanner) check(b []byte, literal bool) (coded bool, err error) {
	if !utf8.Valid(b) {
		return false, s.damaged("text is not UTF-8")
	}
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '\r':
			coded = true
		case c < ' ' && c != '\t' && c != '\n':
			return false, s.damaged("control character 0x%02X", c)
		case c == '&' && !literal:
			if _, n := reference(b[i:]); n == 0 {
				return false, s.damaged("a bare & or an unknown entity")
			}
			coded = true
		}
	}
	return coded, nil
}

func (s *scanner) scanDeclaration(b []byte) (t token, whole bool, err error) {
	switch {
	case hasPrefix(b, "<!--"):
		end := bytes.Index(b[4:], []byte("--"))
		if end < 0 || 4+end+2 == len(b) {
			return t, false, nil
		}
		if b[4+end+2] != '>' {
			return t, false, s.damaged("-- in a comment")
		}
		s.pos += 4 + end + 3
		_, err = s.check(b[4:4+end], true)
		return t, true, err
	case hasPrefix(b, "<![CDATA["):
		end := bytes.Index(b[9:], []byte("]]>"))
		if end < 0 {
			return t, false, nil
		}
		if len(s.open) == 0 {
			return t, false, s.damaged("text outside of the root element")
		}
		s.text, s.literal = b[9:9+end], true
		s.pos += 9 + end + 3
		s.coded, err = s.check(s.text, true)
		return tokenText, true, err
	case len(b) < 9 && s.r != nil:
		return t, false, nil
	}
	return t, false, s.damaged("a DOCTYPE or another declaration")
}

func (s *scanner) scanInstruction(b []byte) (bool, error) {
	body, _, whole := bytes.Cut(b[2:], []byte("?>"))
	if !whole {
		return false, nil
	}
	n := 0
	for n < len(body) && class[body[n]]&inName != 0 {
		n++
	}
	target := body[:n]
	if n == 0 || n < len(body) && class[body[n]]&inSpace == 0 || !startsName(target[0]) || bytes.EqualFold(target, []byte("xml")) {
		return false, s.damaged("a processing instruction of the name %.40q", target)
	}
	s.pos += 2 + len(body) + 2
	_, err := s.check(body, true)
	return true, err
}

func (s *scanner) scanEnd(b []byte) (bool, error) {
	n := 2
	for n < len(b) && class[b[n]]&inName != 0 {
		n++
	}
	after := n
	for after < len(b) && class[b[after]]&inSpace != 0 {
		after++
	}
	if after == len(b) {
		return false, nil
	}
	if len(s.open) == 0 || b[after] != '>' || string(b[2:n]) != string(s.names[s.open[len(s.open)-1].name:]) {
		return false, s.damaged("</%.40s> ends nothing that is open", b[2:n])
	}
	s.pos += after + 1
	s.pop()
	return true, nil
}

// scanStart reads a start tag. Nothing of the scanner but attrs changes before
// the tag is known to be whole.
func (s *scanner) scanStart(b []byte) (bool, error) {
	n := 1
	for n < len(b) && class[b[n]]&inName != 0 {
		n++
	}
	name := b[1:n]
	s.attrs = s.attrs[:0]
	declares := false
	for {
		gap := n
		for n < len(b) && class[b[n]]&inSpace != 0 {
			n++
		}
		if n+1 >= len(b) && (n >= len(b) || b[n] != '>') {
			return false, nil
		}
		if b[n] == '>' || b[n] == '/' && b[n+1] == '>' {
			break
		}
		if n == gap {
			return false, s.damaged("a broken tag <%.40s", name)
		}
		length, err := s.scanAttr(b[n:])
		if length == 0 || err != nil {
			return false, err
		}
		n += length
		declares = declares || hasPrefix(s.attrs[len(s.attrs)-1].name, "xmlns")
	}
	if b[n] == '/' {
		s.owed = true
		n++
	}
	s.pos += n + 1
	return true, s.push(name, declares)
}

// scanAttr reads one attribute into attrs and gives its length, 0 if b ends before it.
func (s *scanner) scanAttr(b []byte) (int, error) {
	n := 0
	for n < len(b) && class[b[n]]&inName != 0 {
		n++
	}
	a := attr{name: b[:n]}
	for n < len(b) && class[b[n]]&inSpace != 0 {
		n++
	}
	if n < len(b) && (b[n] != '=' || len(a.name) == 0 || !startsName(a.name[0])) {
		return 0, s.damaged("an attribute without = or name")
	}
	n++
	for n < len(b) && class[b[n]]&inSpace != 0 {
		n++
	}
	if n >= len(b) {
		return 0, nil
	}
	quote := b[n]
	if quote != '"' && quote != '\'' {
		return 0, s.damaged("an attribute without quotes")
	}
	n++
	from := n
	for n < len(b) && class[b[n]]&inAttr != 0 {
		n++
	}
	if n == len(b) {
		return 0, nil
	}
	if b[n] != quote {
		end := bytes.IndexByte(b[n:], quote)
		if end < 0 {
			return 0, nil
		}
		n += end
		if _, err := s.check(b[from:n], false); err != nil {
			return 0, err
		}
		if bytes.IndexByte(b[from:n], '<') >= 0 {
			return 0, s.damaged("< in an attribute")
		}
		a.coded = bytes.ContainsAny(b[from:n], "&\t\n\r")
	}
	a.value = b[from:n]
	for i := range s.attrs {
		if string(s.attrs[i].name) == string(a.name) {
			return 0, s.damaged("attribute %.40s twice in one tag", a.name)
		}
	}
	if len(s.attrs) == maxAttrs {
		return 0, s.damaged("more than %d attributes in one tag", maxAttrs)
	}
	s.attrs = append(s.attrs, a)
	return n + 1, nil
}

// Bounds on what is searched one by one; documents of people stay far below.
const (
	maxAttrs    = 200
	maxBindings = 100
)

// push opens the element of a tag that is whole.
func (s *scanner) push(name []byte, declares bool) error {
	if len(s.open) == 0 && s.rooted {
		return s.damaged("a second root element")
	}
	if len(s.open) == s.limits.Depth {
		return over(s.part, "depth", int64(s.limits.Depth))
	}
	s.rooted = true
	s.open = append(s.open, element{len(s.names), len(s.bindings)})
	s.names = append(s.names, name...)
	if declares {
		if err := s.bind(); err != nil {
			return err
		}
	}
	for i := range s.attrs {
		if name := s.attrs[i].name; len(name) > 2 {
			if colon := bytes.IndexByte(name, ':'); colon >= 0 && s.resolve(name[:colon]) == spaceUnbound {
				return s.damaged("an attribute of the name %.40q", name)
			}
		}
	}
	s.local, s.space = name, s.implicit
	if colon := bytes.IndexByte(name, ':'); colon >= 0 {
		s.local, s.space = name[colon+1:], s.resolve(name[:colon])
	}
	if len(s.local) == 0 || s.space == spaceUnbound || !startsName(s.local[0]) || !startsName(name[0]) {
		return s.damaged("an element of the name %.40q", name)
	}
	return nil
}

func (s *scanner) pop() {
	last := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	s.names = s.names[:last.name]
	if last.bindings < len(s.bindings) {
		s.bindings = s.bindings[:last.bindings]
		s.implicit = s.resolve(nil)
	}
}

func startsName(c byte) bool {
	return class[c]&inName != 0 && c != '-' && c != '.' && c != ':' && (c < '0' || c > '9')
}

func hasPrefix(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && string(b[:len(prefix)]) == prefix
}

func blank(b []byte) bool {
	for _, c := range b {
		if class[c]&inSpace == 0 {
			return false
		}
	}
	return true
}
