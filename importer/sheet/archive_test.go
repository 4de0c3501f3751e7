package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// packed makes a zip of files, by name and content in turn, with the names as they are.
func packed(tb testing.TB, files ...string) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		entry, err := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: zip.Deflate, NonUTF8: true})
		if err == nil {
			_, err = entry.Write([]byte(files[i+1]))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// unpacked says of each file of an archive what becomes of it.
func unpacked(tb testing.TB, data []byte, limits Limits) (all []string) {
	tb.Helper()
	archive, err := Unpack(bytes.NewReader(data), int64(len(data)), limits)
	if err != nil {
		refused(tb, err)
		return []string{err.Error()}
	}
	for _, file := range archive.Files {
		content, err := file.Content()
		if err != nil {
			all = append(all, fmt.Sprintf("%s: %s", file.Path, refused(tb, err).Reason))
			continue
		}
		all = append(all, fmt.Sprintf("%s: %d bytes", file.Path, len(content)))
	}
	return all
}

func TestUnpack(t *testing.T) {
	limits := defaultLimits
	limits.File, limits.Unzipped, limits.Entries = 1000, 5000, 10
	twice := packed(t, "a.csv", strings.Repeat("a", 900), "b.csv", strings.Repeat("b", 900))
	again := string(packed(t, "c", strings.Repeat("c", 100_000)))
	locked := bytes.ReplaceAll(packed(t, "锁.xlsx", "secret"), []byte("PK\x01\x02\x14\x00\x14\x00\x08"), []byte("PK\x01\x02\x14\x00\x14\x00\x09"))
	for _, test := range []struct {
		name string
		data []byte
		want []string
	}{
		{"in order, with folders", packed(t, "6月/", "", "6月/乙.csv", "2", "6月/甲.csv", "11"), []string{"6月/乙.csv: 1 bytes", "6月/甲.csv: 2 bytes"}},
		{"names of Chinese Windows", packed(t, gb18030("报送/镕.xls"), "", gb18030("报送/瑢.xls"), ""), []string{"报送/瑢.xls: 0 bytes", "报送/镕.xls: 0 bytes"}},
		{"backslashes and dots", packed(t, `报送\甲.csv`, "1", "./乙.csv", "1"), []string{"乙.csv: 1 bytes", "报送/甲.csv: 1 bytes"}},
		{"paths that lead out", packed(t, "../甲.csv", "1", "/乙.csv", "1", `C:\丙.csv`, "1"), []string{
			"C:/丙.csv: archive-path", "乙.csv: archive-path", "甲.csv: archive-path"}},
		{"one path twice", packed(t, "甲.csv", "1", "./甲.csv", "2"), []string{"甲.csv: archive-path", "甲.csv: archive-path"}},
		{"a password", locked, []string{"锁.xlsx: archive-encrypted"}},
		{"a large file", packed(t, "a", strings.Repeat("a", 1001), "b", "b"), []string{"a: limit", "b: 1 bytes"}},
		{"large together", packed(t, "a", string(twice), "b", string(twice), "c", string(twice), "d", "d"), []string{
			fmt.Sprintf("a: %d bytes", len(twice)), fmt.Sprintf("b: %d bytes", len(twice)), "c: archive-limit", "d: 1 bytes"}},
		{"a bomb within", packed(t, "a.xlsx", again), []string{"a.xlsx: archive-limit"}},
		{"too many", packed(t, strings.Split("1,,2,,3,,4,,5,,6,,7,,8,,9,,10,,11,", ",")...), []string{"limit: over the limit entries = 10"}},
		{"nothing", packed(t), nil},
		{"cut off", twice[:len(twice)-30], []string{"damaged: the zip is not whole: zip: not a valid zip file"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, unpacked(t, test.data, limits)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A file that was damaged within an archive is refused, the others are not.
func TestUnpackDamaged(t *testing.T) {
	data := packed(t, "甲.csv", strings.Repeat("序号,项目\n", 100), "乙.csv", "1")
	at := bytes.Index(data, []byte("甲.csv")) + len("甲.csv")
	data[at+20] ^= 0x55
	got := unpacked(t, data, defaultLimits)
	if diff := cmp.Diff([]string{"乙.csv: 1 bytes", "甲.csv: damaged"}, got); diff != "" {
		t.Error(diff)
	}
}
