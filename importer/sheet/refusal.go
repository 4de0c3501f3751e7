package sheet

import (
	"fmt"
	"strings"
)

// A Reason says why a file is refused. The list is closed.
type Reason string

// Faults of a workbook.
const (
	Damaged     Reason = "damaged"      // broken, contradictory or incomplete
	TooLarge    Reason = "limit"        // over one of Limits, which Refusal.Limit names
	Encrypted   Reason = "encrypted"    // needs a password
	NoWorksheet Reason = "no-worksheet" // sound, but without any worksheet
)

// Faults of a file within an archive, see [Unpack].
const (
	ArchiveLocked   Reason = "archive-encrypted" // the archive wants a password for it
	ArchivePath     Reason = "archive-path"      // its path leads out of the archive, or is another's
	ArchiveTooLarge Reason = "archive-limit"     // the files of the archive together are over one of Limits
)

// Files that are something else.
const (
	FileEmpty      Reason = "empty"      // no bytes
	FileXLS        Reason = "xls"        // Excel 4 and older
	FileXLSB       Reason = "xlsb"       // Excel binary workbook
	FileHTML       Reason = "html"       // a web page without a table
	FileFrames     Reason = "frames"     // a web page of frames, whose tables are other files
	FileMHTML      Reason = "mhtml"      // a single-file web page, often named .xls
	FileSYLK       Reason = "sylk"       // .slk
	FileDIF        Reason = "dif"        // .dif
	FileUOF        Reason = "uof"        // 标文通 (GB/T 20916), of WPS and others
	FileCSV        Reason = "csv"        // text with columns, but nothing tells in which encoding
	FileText       Reason = "text"       // text without columns
	FileZIP        Reason = "zip"        // an archive, see [Unpack]
	FileRAR        Reason = "rar"        //
	File7Z         Reason = "7z"         //
	FileWord       Reason = "word"       // .docx, .doc
	FilePowerPoint Reason = "powerpoint" // .pptx, .ppt
	FilePDF        Reason = "pdf"        //
	FileOFD        Reason = "ofd"        // 版式文档 (GB/T 33190)
	FilePicture    Reason = "picture"    // a photograph or a scan
	FileUnknown    Reason = "unknown"    //
)

// fileOPC is sniffed for any zip; what it holds is found by opening it.
const fileOPC Reason = "opc"

// A Refusal says why a file was not read. It is the file's fault: a finding for
// those who sent it, not an error of the run.
type Refusal struct {
	Reason  Reason
	Sheet   string // the worksheet that was being read, by its name; "" if none
	Part    string // the part of the file, such as "xl/worksheets/sheet1.xml"; "" is the file itself
	Row     int    // the row that was being read, 0 if none
	Detail  string // what was found, in English
	Limit   string // the limit by its name in the configuration, if Reason is TooLarge
	Allowed int64  // that limit
}

// Error gives the refusal in one English line.
func (r *Refusal) Error() string {
	var b strings.Builder
	b.WriteString(string(r.Reason))
	if r.Part != "" {
		b.WriteString(": " + r.Part)
	}
	if r.Row > 0 {
		fmt.Fprintf(&b, ", row %d", r.Row)
	}
	if r.Detail != "" {
		b.WriteString(": " + r.Detail)
	}
	return b.String()
}

func refuse(reason Reason, detail string) *Refusal {
	return &Refusal{Reason: reason, Detail: detail}
}

func damaged(part, format string, args ...any) *Refusal {
	return &Refusal{Reason: Damaged, Part: part, Detail: fmt.Sprintf(format, args...)}
}

func over(part, limit string, allowed int64) *Refusal {
	return &Refusal{
		Reason: TooLarge, Part: part, Limit: limit, Allowed: allowed,
		Detail: fmt.Sprintf("over the limit %s = %d", limit, allowed),
	}
}
