package elsewhere

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
)

var storedValue = regexp.MustCompile(`</f><v>[^<]*</v>`)

// WithoutValues is an .xlsx without the stored values of its formulas: whoever shows one has calculated it.
func WithoutValues(workbook []byte) ([]byte, error) {
	from, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	to := zip.NewWriter(&b)
	for _, part := range from.File {
		if err := copyPart(to, part); err != nil {
			return nil, fmt.Errorf("%s: %w", part.Name, err)
		}
	}
	if err := to.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// copyPart copies a part, a worksheet without the stored values.
func copyPart(to *zip.Writer, part *zip.File) error {
	from, err := part.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	content, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	if strings.HasPrefix(part.Name, "xl/worksheets/") {
		content = storedValue.ReplaceAll(content, []byte("</f>"))
	}
	w, err := to.Create(part.Name)
	if err != nil {
		return err
	}
	_, err = w.Write(content)
	return err
}
