package sheet

import (
	"bytes"
	"testing"
)

func TestSniff(t *testing.T) {
	archive := func(files ...string) string { return string(packed(t, files...)) }
	office := func(kind string) string {
		return string(zipped(t, good(swap("[Content_Types].xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind))))
	}
	compound := func(streams ...string) string {
		var files []file
		for _, name := range streams {
			files = append(files, file{name, ""})
		}
		return string(compoundOf(9, files...))
	}
	for _, test := range []struct {
		name, data string
		want       Reason
	}{
		{"no bytes", "", FileEmpty},
		{"Word 97", compound("1Table", "WordDocument"), FileWord},
		{"PowerPoint 97", compound("PowerPoint Document"), FilePowerPoint},
		{"compound file of nobody", compound("Contents"), FileUnknown},
		{"compound file cut off", compound()[:100], Damaged},
		{"compound file with a wild directory", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + string(bytes.Repeat([]byte{0xFF}, 600)), Damaged},
		{"Excel 4", "\x09\x04\x06\x00\x00\x00\x10\x00", FileXLS},
		{"xlsb", office("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), FileXLSB},
		{"docx", office("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"), FileWord},
		{"pptx", office("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"), FilePowerPoint},
		{"office file of another kind", office("application/vnd.ms-visio.drawing.main+xml"), FileUnknown},
		{"office file of no kind", office("application/xml"), Damaged},
		{"odt", archive("mimetype", "application/vnd.oasis.opendocument.text", "content.xml", ""), FileUnknown},
		{"ofd", archive("OFD.xml", "<ofd/>"), FileOFD},
		{"zip of workbooks", archive("6月/重点项目.xlsx", "PK"), FileZIP},
		{"zip of nothing", archive(), FileZIP},
		{"rar", "Rar!\x1A\x07\x01\x00", FileRAR},
		{"7z", "7z\xBC\xAF\x27\x1C\x00\x04", File7Z},
		{"pdf", "%PDF-1.7\n", FilePDF},
		{"png", "\x89PNG\r\n\x1A\n\x00\x00", FilePicture},
		{"jpeg", "\xFF\xD8\xFF\xE0\x00\x10JFIF", FilePicture},
		{"webp", "RIFF\x00\x01\x00\x00WEBP", FilePicture},
		{"heic", "\x00\x00\x00\x18ftypheic", FilePicture},
		{"bmp", "BM\x36\x00\x00\x00\x00\x00\x00\x00", FilePicture},
		{"html, cut off", "\r\n<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>", Damaged},
		{"html in GBK, cut off", "<table><tr><td>\xD0\xF2\xBA\xC5", Damaged},
		{"SpreadsheetML 2003, cut off", "<?xml version=\"1.0\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", Damaged},
		{"flat ods, cut off", "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">", Damaged},
		{"a page without a table", "<html><body>登录</body></html>", FileHTML},
		{"a page of frames", "<html><frameset><frame src=\"sheet001.htm\"></frameset></html>", FileFrames},
		{"Word 2003", "<?xml version=\"1.0\"?><w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\">", FileWord},
		{"a table of no page", "<?xml version=\"1.0\"?><NewDataSet><Table><a>1</a></Table></NewDataSet>", FileUnknown},
		{"UOF", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><uof:UOF xmlns:uof=\"http://schemas.uof.org/cn/2003/uof\">", FileUOF},
		{"UOF 2", archive("uof.xml", "<uof/>"), FileUOF},
		{"DIF", "TABLE\r\n0,1\r\n\"EXCEL\"\r\n", FileDIF},
		{"mhtml", "MIME-Version: 1.0\r\nContent-Type: multipart/related", FileMHTML},
		{"sylk", "ID;PWXL;N;E\r\n", FileSYLK},
		{"csv in Latin-1", "caf\xE9,\xE9\xE9\xE9,\n", FileCSV},
		{"text with full-width commas", "序号，项目\n", FileText},
		{"a letter", "附件请查收。\n", FileText},
		{"blanks", " \r\n", FileText},
		{"other XML", "<?xml version=\"1.0\"?><a/>", FileUnknown},
		{"a program", "MZ\x90\x00\x03\x00", FileUnknown},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Open(bytes.NewReader([]byte(test.data)), int64(len(test.data)), defaultLimits)
			if refusal := refused(t, err); refusal.Reason != test.want {
				t.Errorf("%v, want %s", err, test.want)
			}
		})
	}
}
