package document

import (
	"strings"
	"unicode/utf8"
)

// A Part is a piece of a paragraph and where it is from.
type Part struct {
	Text   string
	Origin any // whatever the author of the document can follow; nil of the document's own words
}

// A Text is what a paragraph says. A tab and a line break in it stand so in the document.
type Text []Part

// Say is a part in the document's own words.
func Say(text string) Part { return Part{Text: text} }

// Quote is a part that was taken from somewhere.
func Quote(text string, origin any) Part { return Part{text, origin} }

// Plain is a text in the document's own words.
func Plain(text string) Text { return Text{Say(text)} }

// String is the text without its origins.
func (t Text) String() string {
	var b strings.Builder
	for _, part := range t {
		b.WriteString(part.Text)
	}
	return b.String()
}

// clean gives the text as the file can hold it: what is no character of XML becomes U+FFFD, a
// line break is \n.
func (t Text) clean() Text {
	cleaned := make(Text, len(t))
	for i, part := range t {
		cleaned[i] = Part{clean(part.Text), part.Origin}
	}
	return cleaned
}

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func clean(text string) string {
	text = lineBreaks.Replace(text)
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == '\uFFFE' || r == '\uFFFF' {
			return utf8.RuneError
		}
		return r // of bytes that are no UTF-8, U+FFFD
	}, text)
}

// width is how many characters of Chinese a text is wide: one of ASCII takes half of one.
func width(text string) float64 {
	halves := 0
	for _, r := range text {
		halves++
		if r > '~' {
			halves++
		}
	}
	return float64(halves) / 2
}
