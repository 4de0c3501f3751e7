package sheet

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"huizong/internal/encoded"
)

// wholeMarkup gives a file of XML or HTML as UTF-8, without an XML declaration.
func wholeMarkup(source *source, limits Limits) ([]byte, error) {
	data, err := source.all()
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limits.Sheet {
		return nil, over("", "sheet", limits.Sheet)
	}
	text, err := decodeMarkup(data)
	if err != nil {
		return nil, err
	}
	text = bytes.TrimSpace(text)
	if hasPrefix(text, "<?xml ") {
		_, text, _ = bytes.Cut(text, []byte("?>"))
	}
	return text, nil
}

// decodeMarkup is decodeText, but where that cannot tell the encoding, what the file says of
// itself decides. It is not believed otherwise: many programs write one and say another.
func decodeMarkup(data []byte) ([]byte, error) {
	text, err := decodeText(data)
	refusal := (*Refusal)(nil)
	if !errors.As(err, &refusal) || refusal.Reason != FileCSV {
		return text, err
	}
	switch declaredEncoding(data[:min(len(data), head)]) {
	case "utf-8", "utf8":
		if utf8.Valid(data) {
			return data, nil
		}
	case "gb2312", "gbk", "gb18030":
		if text := encoded.GB18030(data); !strings.ContainsRune(text, utf8.RuneError) {
			return []byte(text), nil
		}
	}
	return nil, damaged("", "its characters are of no encoding that is known: %s", refusal.Detail)
}

// declaredEncoding reads encoding="…" of XML, which is UTF-8 without, or charset=… of HTML,
// in small letters; "" where there is none.
func declaredEncoding(b []byte) string {
	text, word := strings.ToLower(string(b)), "charset"
	declaration, _, isXML := strings.Cut(strings.TrimSpace(text), "?>")
	if isXML = isXML && strings.HasPrefix(declaration, "<?xml"); isXML {
		text, word = declaration, "encoding"
	}
	_, rest, found := strings.Cut(text, word)
	rest, valued := strings.CutPrefix(strings.TrimSpace(rest), "=")
	switch {
	case !found && isXML:
		return "utf-8"
	case !valued:
		return ""
	}
	rest = strings.TrimLeft(rest, " \t\r\n\"'")
	end := strings.IndexFunc(rest, func(r rune) bool { return r >= utf8.RuneSelf || class[r]&inName == 0 })
	return rest[:max(end, 0)]
}
