package window

import (
	"cmp"
	"net/url"
	"path"
	"strconv"
	"strings"
)

// contentTypes are those of what is given out, by extension.
var contentTypes = map[string]string{
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

// attach answers with a file to be saved.
func (v *visit) attach(name string, content []byte) error {
	name = path.Base(name)
	head := v.w.Header()
	head.Set("Content-Type", cmp.Or(contentTypes[strings.ToLower(path.Ext(name))], "application/octet-stream"))
	head.Set("Content-Disposition", `attachment; filename="file`+plainEnding(name)+`"; filename*=UTF-8''`+strings.ReplaceAll(url.QueryEscape(name), "+", "%20"))
	head.Set("Content-Length", strconv.Itoa(len(content)))
	v.w.Write(content)
	return nil
}

// plainEnding is the ending of a name for browsers that read only the name in ASCII; blank where it has other characters.
func plainEnding(name string) string {
	ending := path.Ext(name)
	if strings.ContainsFunc(ending, func(r rune) bool { return r >= 0x7f || r < '.' || r == '"' || r == '\\' }) {
		return ""
	}
	return ending
}
