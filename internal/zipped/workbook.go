package zipped

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Workbook is the Edit of a workbook made by excelize: what that library writes in any order, or under prefixes that
// some readers do not know, is written as Excel does.
func Workbook(to io.Writer, part string, content []byte) error {
	switch {
	case part == "[Content_Types].xml":
		sorted, err := sortTypes(content)
		if err != nil {
			return err
		}
		content = sorted
	case strings.HasPrefix(part, "xl/worksheets/sheet"):
		// A formula that comes to no text has that for its value, and says so.
		content = usualPrefix(bytes.ReplaceAll(content, []byte("</f></c>"), []byte("</f><v></v></c>")))
	case part == "docProps/core.xml":
		content = coreElement.ReplaceAll(bytes.Replace(content, []byte(" xmlns="), []byte(" xmlns:cp="), 1), []byte("<${1}cp:$2"))
	}
	_, err := to.Write(content)
	return err
}

// Some readers go by prefixes instead of namespaces: exceljs opens no workbook whose properties lack
// cp: or whose drawings are not named by r:id. The elements of the properties without a prefix:
var coreElement = regexp.MustCompile(`<(/?)([A-Za-z]+\b[^:])`)

// The elements of a sheet that refer to another part under the prefix that the library makes up.
var drawingElement = regexp.MustCompile(`<(?:drawing|legacyDrawing) [^>]*>`)

// usualPrefix refers to drawings and notes as Excel does. They stand after the cells.
func usualPrefix(sheet []byte) []byte {
	after := max(0, bytes.LastIndex(sheet, []byte("</sheetData>")))
	return append(sheet[:after:after], drawingElement.ReplaceAllFunc(sheet[after:], func(element []byte) []byte {
		return bytes.ReplaceAll(bytes.ReplaceAll(element, []byte("xmlns:relationships="), []byte("xmlns:r=")), []byte("relationships:id="), []byte("r:id="))
	})...)
}

// sortTypes puts the content types in order: those of extensions, then those of
// parts.
func sortTypes(data []byte) ([]byte, error) {
	type byExtension struct {
		Extension   string `xml:"Extension,attr"`
		ContentType string `xml:"ContentType,attr"`
	}
	type byPart struct {
		PartName    string `xml:"PartName,attr"`
		ContentType string `xml:"ContentType,attr"`
	}
	var types struct {
		XMLName  xml.Name      `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
		Default  []byExtension `xml:"Default"`
		Override []byPart      `xml:"Override"`
	}
	if err := xml.Unmarshal(data, &types); err != nil {
		return nil, err
	}
	slices.SortFunc(types.Default, func(a, b byExtension) int { return cmp.Compare(a.Extension, b.Extension) })
	slices.SortFunc(types.Override, func(a, b byPart) int { return cmp.Compare(a.PartName, b.PartName) })
	sorted, err := xml.Marshal(types)
	return append([]byte(xml.Header), sorted...), err
}
