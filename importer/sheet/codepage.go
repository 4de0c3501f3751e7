package sheet

import (
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/traditionalchinese"

	"huizong/internal/encoded"
)

// A codePage decodes the texts of BIFF5. What is not of the code page it gives as U+FFFD.
type codePage func([]byte) string

// chinese is the code page 936, of which GB18030 also reads what it has no place for.
const chinese = 936

// codePages are those of Windows and, with 10000, of the Macintosh.
var codePages = map[uint16]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852,
	855: charmap.CodePage855, 858: charmap.CodePage858, 860: charmap.CodePage860,
	862: charmap.CodePage862, 863: charmap.CodePage863, 865: charmap.CodePage865,
	866: charmap.CodePage866, 874: charmap.Windows874, 932: japanese.ShiftJIS,
	949: korean.EUCKR, 950: traditionalchinese.Big5,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252,
	1253: charmap.Windows1253, 1254: charmap.Windows1254, 1255: charmap.Windows1255,
	1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	10000: charmap.Macintosh, 0x8000: charmap.Macintosh, 0x8001: charmap.Windows1252,
}

// codePageOf gives the code page of a number, nil for one that is not known.
func codePageOf(number uint16) codePage {
	if number == chinese {
		return encoded.GB18030
	}
	page, ok := codePages[number]
	if !ok {
		return nil
	}
	return pageOf(page)
}

func pageOf(page encoding.Encoding) codePage {
	return func(text []byte) string {
		decoded, err := page.NewDecoder().Bytes(text)
		if err != nil {
			return string(utf8.RuneError)
		}
		return string(decoded)
	}
}

// likelyChinese decodes the texts of a workbook that names no code page: Chinese ones
// in characters of two high bytes each, since a letter with an accent before a plain
// one would make a character of code page 936 too.
func likelyChinese(text []byte) string {
	for at := 0; at < len(text); {
		width := encoded.Width(text[at:])
		if text[at] >= utf8.RuneSelf && (width != 2 || text[at+1] < utf8.RuneSelf) {
			return string(utf8.RuneError)
		}
		at += width
	}
	return encoded.GB18030(text)
}
