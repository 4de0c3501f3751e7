package sheet

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"huizong/internal/encoded"
)

// head is how much of a file is looked at to tell its kind.
const head = 8 << 10

// sniff tells the kind of a file by its content; it gives fileOPC for any zip and
// fileOLE for any compound file.
func sniff(source *source) (reason Reason, detail string, err error) {
	b := make([]byte, min(source.size, head))
	if n, err := source.ReadAt(b, 0); n < len(b) {
		return "", "", err
	}
	for _, m := range magics {
		if hasPrefix(b[min(m.at, len(b)):], m.bytes) {
			return m.reason, m.detail, nil
		}
	}
	reason, detail = sniffText(b)
	return reason, detail, nil
}

// fileOLE is any compound file; what it holds is told by its streams.
const fileOLE Reason = "ole"

var magics = []struct {
	at     int
	bytes  string
	reason Reason
	detail string
}{
	{0, "PK\x03\x04", fileOPC, ""},
	{0, "PK\x05\x06", FileZIP, "an empty zip"},
	{0, "PK\x07\x08", FileZIP, "a zip in several volumes"},
	{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", fileOLE, ""},
	{0, "\x09\x00\x04\x00", FileXLS, "an Excel 2 sheet"},
	{0, "\x09\x02\x06\x00", FileXLS, "an Excel 3 sheet"},
	{0, "\x09\x04\x06\x00", FileXLS, "an Excel 4 sheet"},
	{0, "\x09\x08\x08\x00\x00\x05", FileXLS, "a bare Excel 5 workbook"},
	{0, "Rar!\x1A\x07", FileRAR, "a RAR archive"},
	{0, "7z\xBC\xAF\x27\x1C", File7Z, "a 7z archive"},
	{0, "%PDF-", FilePDF, "a PDF document"},
	{0, "\x89PNG\r\n\x1A\n", FilePicture, "a PNG picture"},
	{0, "\xFF\xD8\xFF", FilePicture, "a JPEG picture"},
	{0, "GIF8", FilePicture, "a GIF picture"},
	{0, "II*\x00", FilePicture, "a TIFF picture"},
	{0, "MM\x00*", FilePicture, "a TIFF picture"},
	{8, "WEBP", FilePicture, "a WebP picture"},
	{4, "ftypheic", FilePicture, "a HEIC picture"},
	{0, "ID;P", FileSYLK, "a SYLK sheet"},
}

// sniffText tells the kinds of text, and what is neither text nor known.
func sniffText(b []byte) (Reason, string) {
	text, ok := asText(b)
	if !ok {
		if hasPrefix(b, "BM") {
			return FilePicture, "a bitmap"
		}
		return FileUnknown, "not a file that is known"
	}
	trimmed := strings.TrimSpace(text)
	lower := strings.ToLower(trimmed)
	switch {
	case strings.HasPrefix(lower, "mime-version:"), strings.HasPrefix(lower, "content-type: multipart/"):
		return FileMHTML, "a single-file web page"
	case strings.HasPrefix(lower, "table\r\n0,1\r\n"), strings.HasPrefix(lower, "table\n0,1\n"):
		return FileDIF, "a DIF sheet"
	case strings.HasPrefix(lower, "<"):
		if reason, detail := sniffMarkup(lower); reason != "" {
			return reason, detail
		}
	}
	if trimmed == "" {
		return FileText, "blanks"
	}
	if strings.ContainsAny(text, ",;\t") {
		return FileCSV, "a text with columns"
	}
	return FileText, "a text"
}

// Kinds of markup that are read.
const (
	fileFlatODS Reason = "flat-ods"
	fileXML2003 Reason = "xml2003"
	fileMarkup  Reason = "markup" // HTML
)

// sniffMarkup tells the kinds of XML and HTML, in small letters; "" for what is neither.
func sniffMarkup(text string) (Reason, string) {
	contains := func(words ...string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
	}
	space, root, prefixed := strings.Cut(rootName(text), ":")
	if !prefixed {
		space, root = "", space
	}
	switch {
	case root == "workbook" && contains("urn:schemas-microsoft-com:office:spreadsheet"):
		return fileXML2003, ""
	case root == "document" && contains("urn:oasis:names:tc:opendocument:xmlns:office"):
		return fileFlatODS, ""
	case space == "uof", root == "uof", root == "办公文档", contains("http://schemas.uof.org/"):
		return FileUOF, "a UOF document"
	case contains("http://schemas.microsoft.com/office/word/2003/wordml"):
		return FileWord, "WordprocessingML 2003"
	case strings.HasPrefix(text, "<?xml") && root != "html" && root != "table":
		return FileUnknown, "an XML file that is no workbook"
	case contains("<html", "<table", "<!doctype html", "<head", "<meta", "<body", "<style", "<div", "<tr", "<frameset"):
		return fileMarkup, ""
	}
	return "", ""
}

// rootName gives the name of the first element of a text, "" where there is none.
func rootName(text string) string {
	for {
		text = strings.TrimSpace(text)
		end := ">"
		switch {
		case strings.HasPrefix(text, "<!--"):
			end = "-->"
		case strings.HasPrefix(text, "<?"):
			end = "?>"
		case strings.HasPrefix(text, "<!"):
		case strings.HasPrefix(text, "<"):
			name, _, _ := strings.Cut(text[1:], ">")
			name, _, _ = strings.Cut(name, "/")
			if words := strings.Fields(name); len(words) > 0 {
				return words[0]
			}
			return ""
		default:
			return ""
		}
		_, rest, _ := strings.Cut(text, end)
		text = rest
	}
}

// asText gives b as a string if it looks like text: UTF-16, or bytes without control
// characters, whatever their encoding.
func asText(b []byte) (string, bool) {
	if order := encoded.Order(b); order != nil {
		text, err := io.ReadAll(encoded.UTF16(bytes.NewReader(b[:len(b)&^1]), order))
		return strings.TrimPrefix(string(text), "\uFEFF"), err == nil && !bytes.ContainsRune(text, 0)
	}
	b = bytes.TrimPrefix(b, []byte("\uFEFF"))
	for _, c := range b {
		if c < ' ' && class[c]&inSpace == 0 && c != '\f' && c != '\v' && c != 0x1A && c != 0x1B || c == utf8.RuneSelf-1 {
			return "", false
		}
	}
	return string(b), true
}
