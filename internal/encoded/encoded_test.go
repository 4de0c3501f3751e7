package encoded_test

import (
	"strings"
	"testing"

	"huizong/internal/encoded"
	"huizong/internal/encoded/encodedtest"
)

func TestByHand(t *testing.T) {
	const text = "# 口令\r\n汇总123\r\nchenggu2024\r\n㐀\r\n" // the last has four bytes in GB18030
	for name, data := range encodedtest.Ways(text) {
		if got, err := encoded.ByHand(data); err != nil || got != text {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for name, plain := range map[string]string{"nothing": "", "a mark alone": encodedtest.Mark} {
		if got, err := encoded.ByHand([]byte(plain)); err != nil || got != "" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestByHandAsks: what may be one as well as the other is not guessed, and the error says what to do.
func TestByHandAsks(t *testing.T) {
	for name, data := range map[string]string{
		"GB18030 that is UTF-8 by chance": "\xD2\xBB\r\n", // 一
		"lines of two encodings":          "汇总\n\xBB\xE3\xD7\xDC\n",
		"UTF-16 cut in a character":       "\xFF\xFEc\x00h",
		"UTF-16 without mark":             "c\x00h\x00",
		"Big5":                            "\xFF\xB6\xD7",
		"lost characters":                 "汇\uFFFD",
	} {
		got, err := encoded.ByHand([]byte(data))
		if err == nil || !strings.Contains(err.Error(), "save it as UTF-8") || got != "" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestLaterGB18030: all codes of two bytes that came after 2000, each alone and among others.
func TestLaterGB18030(t *testing.T) {
	for coded, want := range map[string]string{
		"\xA6\xD9\xA6\xDA\xA6\xDB\xA6\xDC\xA6\xDD\xA6\xDE\xA6\xDF\xA6\xEC\xA6\xED\xA6\xF3": "︐︒︑︓︔︕︖︗︘︙",
		"\xA8\xBC": "ḿ",
		"\xFE\x59\xFE\x61\xFE\x66\xFE\x67\xFE\x6D\xFE\x7E\xFE\x90\xFE\xA0": "\u9FB4\u9FB5\u9FB6\u9FB7\u9FB8\u9FB9\u9FBA\u9FBB",
		"\xBB\xE3\xFE\x59\xD7\xDC": "汇\u9FB4总",
	} {
		if got := encoded.GB18030([]byte(coded)); got != want {
			t.Errorf("% x is %+q, want %+q", coded, got, want)
		}
	}
}

// TestOwnGB18030: characters that users made are of the area for private use; what nobody made is none.
func TestOwnGB18030(t *testing.T) {
	for coded, want := range map[string]string{
		"\xAA\xA1\xAA\xFE\xAB\xA1\xAF\xFE": "\uE000\uE05D\uE05E\uE233",
		"\xF8\xA1\xF9\xA1\xFE\xFE":         "\uE234\uE292\uE4C5",
		"\xAA\xA0\xB0\xA1\xF7\xFE":         "獱啊齄",    // those beside them
		"\xA4\x40":                         "\uFFFD", // 一 of Big5
		"\xAA\xFF":                         "\uFFFD\uFFFD",
		"\xC0\xEE\xAA\xA1\xA8\xBC":         "李\uE000ḿ",
	} {
		if got := encoded.GB18030([]byte(coded)); got != want {
			t.Errorf("% x is %+q, want %+q", coded, got, want)
		}
	}
}
