package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"huizong/importer/sheet"
	"huizong/internal/ledger"
)

// Findings of what lies where a file is expected and cannot be read as one.
var (
	NotAFile = refused("F65", "source-error",
		ledger.Zh("这不是文件，没有读取", "请移走，并把表格文件本身放进来"),
		ledger.En("this is no file and was not read", "take it away and put the workbook itself here"))
	LinkAstray = refused("F66", "source-error",
		ledger.Zh("这是链接，指向的文件不存在，或绕了圈子，没有读取", "请删去链接，把表格文件本身放进来"),
		ledger.En("this is a link that leads nowhere, or in a circle; it was not read", "remove the link and put the workbook itself here"))
	NotPermitted = refused("F67", "source-error",
		ledger.Zh("没有读取的权限，没有读取", "请放开文件和文件夹的读取权限后重新运行"),
		ledger.En("there is no permission to read it", "permit the file and its folders to be read, and run again"))
)

// ReadFile reads the file at path as a delivery of that name, wherever a link leads. What is no
// file, or may not be read, is refused, and never waited for. An error is the operator's: of the
// disk, or of a file that is gone.
//
// One that says that it has no bytes is taken at its word: those of /proc say so, and to read
// some of them is to wait for what may never come. One that says that it is over the limit is
// not read either.
func (c Config) ReadFile(path, name string) (Delivery, error) {
	file, size, wrong, err := openFile(path)
	switch {
	case err != nil:
		return Delivery{}, err
	case wrong != nil:
		wrong.File = name
		return Delivery{Path: name, Findings: []ledger.Finding{*wrong}}, nil
	}
	defer file.Close()
	if size > c.Limits.File {
		refusal := &sheet.Refusal{Reason: sheet.TooLarge, Limit: "file", Allowed: c.Limits.File}
		return Delivery{Path: name, Findings: []ledger.Finding{refusalOf(name, refusal)}}, nil
	}
	content, err := c.contentOf(file, size)
	if err != nil {
		return Delivery{}, fmt.Errorf("reading %s: %w", path, err)
	}
	delivery, err := c.read(name, content)
	if err != nil {
		return Delivery{}, fmt.Errorf("reading %s: %w", path, err)
	}
	return delivery, nil
}

// contentOf is what is in a file that says that it has size bytes, up to the limit on a file and one more.
func (c Config) contentOf(file *os.File, size int64) ([]byte, error) {
	if size == 0 {
		return nil, nil
	}
	var content bytes.Buffer
	content.Grow(int(size) + bytes.MinRead) // the file and its end in one piece
	_, err := content.ReadFrom(io.LimitReader(file, c.Limits.File+1))
	return content.Bytes(), err
}

// openFile opens a regular file and gives its size, or says what else it is. Others are not opened,
// since a device may do something then; one that takes the place of a file meanwhile is not waited for.
func openFile(path string) (*os.File, int64, *ledger.Finding, error) {
	info, err := os.Stat(path)
	if err == nil && info.Mode().IsRegular() {
		var file *os.File
		if file, err = os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0); err == nil {
			if info, err = file.Stat(); err == nil && info.Mode().IsRegular() {
				return file, info.Size(), nil, nil
			}
			file.Close()
		}
	}
	if err == nil && info.IsDir() {
		_, err = os.ReadDir(path)
	}
	switch {
	case err == nil:
		return nil, 0, &ledger.Finding{Code: NotAFile, Found: kindOfFile(path, info.Mode())}, nil
	case errors.Is(err, fs.ErrPermission):
		return nil, 0, &ledger.Finding{Code: NotPermitted}, nil
	case isLink(path) && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ELOOP)):
		return nil, 0, &ledger.Finding{Code: LinkAstray}, nil
	}
	return nil, 0, nil, err
}

func isLink(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// kindOfFile says what is no regular file.
func kindOfFile(path string, mode fs.FileMode) string {
	kind := "设备"
	switch {
	case mode.IsDir():
		kind = "文件夹"
	case mode&fs.ModeNamedPipe != 0:
		kind = "命名管道（FIFO）"
	case mode&fs.ModeSocket != 0:
		kind = "套接字（socket）"
	}
	if isLink(path) {
		return "指向" + kind + "的链接"
	}
	return kind
}
