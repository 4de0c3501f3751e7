package importer

import (
	"bytes"
	"iter"

	"huizong/importer/sheet"
)

// Contents gives the bytes of what ReadFile read of the file at path, under the paths of its deliveries: of the file, or
// of each file in it where it is an archive. What cannot be read, or not any more, is left out.
func (c Config) Contents(path, name string, archive bool) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		file, size, wrong, err := openFile(path)
		if err != nil || wrong != nil {
			return
		}
		defer file.Close()
		if size > c.Limits.File {
			return
		}
		content, err := c.contentOf(file, size)
		if err != nil {
			return
		}
		if !archive {
			yield(name, content)
			return
		}
		packed, err := sheet.Unpack(bytes.NewReader(content), int64(len(content)), c.Limits)
		if err != nil {
			return
		}
		for _, file := range packed.Files {
			content, err := file.Content()
			if err == nil && !yield(name+"/"+file.Path, content) {
				return
			}
		}
	}
}
