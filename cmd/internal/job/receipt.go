package job

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"huizong/consolidate"
	"huizong/consolidate/summary"
	"huizong/importer"
	"huizong/importer/receipt"
	"huizong/internal/county"
	"huizong/internal/folder"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

// A Receipt is what a sender is given back of a delivery.
type Receipt struct {
	Name    string // of the file
	Content []byte
	InPlace bool // the sender's own workbook, annotated; else a first sheet alone
	Verdict receipt.Verdict
}

// Receipt makes the receipt of a file that was checked: of what is in it now, for nothing was handed in.
func (c Checked) Receipt(of *county.County) (Receipt, error) {
	return newReceipt(c.content, c.slip(of))
}

// period is that of the returns where they are of one.
func (c Checked) period() string {
	if len(c.Returns) == 0 || slices.ContainsFunc(c.Returns, func(r ReturnReport) bool { return r.Period != c.Returns[0].Period }) {
		return ""
	}
	return c.Returns[0].Period.Chinese()
}

func returnsOf(file FileReport) []receipt.Return {
	var all []receipt.Return
	for _, r := range file.Returns {
		all = append(all, receipt.Return{Form: form.ByID(r.Form).Title, Department: r.Department, Period: r.Period, Sheet: r.Sheet,
			State: r.State, Rows: r.Rows})
	}
	return all
}

// newReceipt annotates what was sent, or says on a sheet of its own what became of it. content is nil where it is not known.
func newReceipt(content []byte, slip *receipt.Slip) (Receipt, error) {
	name := path.Base(slip.File)
	annotated, ok, err := receipt.Annotate(content, slip)
	if ok || err != nil {
		return Receipt{name, annotated, true, slip.Verdict()}, err
	}
	alone, err := receipt.Alone(slip)
	return Receipt{name + ".回单.xlsx", alone, false, slip.Verdict()}, err
}

// A ReceiptReport is a receipt as run.json names it.
type ReceiptReport struct {
	File    string          `json:"file"` // the delivery that it is of
	Verdict receipt.Verdict `json:"verdict"`
	Written
}

// unattributed is where receipts go of which nobody knows whose they are.
const unattributed = "未识别"

// receipts makes the receipt of each file of a report, one after the other, and names it there. Files are read again
// for it: of one that is gone by now, or changed, the first sheet alone is made.
func (j *Job) receipts(config importer.Config, inbox Inbox, report *Report, month *consolidate.Month) iter.Seq2[folder.File, error] {
	return func(yield func(folder.File, error) bool) {
		period := config.Period
		better, running := month.Better(), month.Running()
		taken := map[string]bool{}
		for _, notice := range report.Notices {
			taken[strings.ToLower(notice.Path)] = true
		}
		for file, content := range receivedAgain(config, inbox.Dir, report.Files) {
			slip := receipt.Slip{Title: j.county.Name + period.Chinese() + "报表回单", File: file.Path, SHA256: file.SHA256, Sent: true,
				Sender: strings.TrimPrefix(file.sender, unattributed), Fronts: file.fronts, County: j.county,
				Returns: returnsOf(*file), Findings: findingsOf(*file),
				Feedback: feedback(file, better, running)}
			slip.Settled = settled(month, slip.Findings)
			made, err := newReceipt(content, &slip)
			if err != nil {
				yield(folder.File{}, fmt.Errorf("the receipt of %s: %w", file.Path, err))
				return
			}
			at := free(path.Join(summary.ReceiptsDir, file.sender, fileName(made.Name)), taken)
			sum := sha256.Sum256(made.Content)
			report.Receipts = append(report.Receipts, ReceiptReport{file.Path, made.Verdict, Written{Path: at, SHA256: hex.EncodeToString(sum[:])}})
			if !yield(folder.Holding(at, made.Content), nil) {
				return
			}
		}
	}
}

// feedback says in sentences what became better with the returns of a file, and what is asked for the third month running.
func feedback(file *FileReport, better map[ledger.ReturnID][]consolidate.Better, running []ledger.Finding) []string {
	var gains, again []string
	seen := map[ledger.ReturnID]bool{}
	for _, r := range file.Returns {
		if r.State != ledger.Accepted || seen[r.edition.ReturnID] {
			continue
		}
		seen[r.edition.ReturnID] = true
		for _, gain := range better[r.edition.ReturnID] {
			gains = append(gains, fmt.Sprintf("%s %d条→%d条", gain.Code.Wrong.In(ledger.Chinese), gain.Before, gain.Now))
		}
		for _, f := range running {
			if f.Form == r.Form && f.Department == r.Department {
				again = append(again, strings.Trim(f.Entity+" · "+f.Field, " ·")+"（"+f.Code.ID+"）")
			}
		}
	}
	var sentences []string
	if gains != nil {
		sentences = append(sentences, "比上月有改进："+upTo(mostFeedback, gains)+"。")
	}
	if again != nil {
		sentences = append(sentences, "连续三个月同样的问题，请务必解决："+upTo(mostFeedback, again)+"。")
	}
	return sentences
}

// mostFeedback is how many things a sentence of feedback names.
const mostFeedback = 8

func upTo(most int, all []string) string {
	if len(all) <= most {
		return strings.Join(all, "；")
	}
	return strings.Join(all[:most], "；") + fmt.Sprintf("等%d项", len(all))
}

// findingsOf are all findings of a file and its returns, in their order.
func findingsOf(file FileReport) []ledger.Finding {
	all := slices.Clone(file.findings)
	for _, r := range file.Returns {
		all = append(all, r.findings...)
	}
	ledger.SortFindings(all)
	return all
}

// settled are the findings that need nothing more, with what was said of each.
func settled(month *consolidate.Month, findings []ledger.Finding) map[string]string {
	all := map[string]string{}
	for _, f := range findings {
		switch said, _ := month.Justification(f); {
		case !month.Settled(f):
		case said.Waived:
			all[f.Digest()] = "已豁免，不用改，也不用答复：" + said.Text
		default:
			all[f.Digest()] = "已说明，不用再答复：" + said.Text
		}
	}
	return all
}

// receivedAgain gives each file of a report with what is in it, nil where that is not what was judged; files of an archive
// stand together.
func receivedAgain(config importer.Config, dir string, files []FileReport) iter.Seq2[*FileReport, []byte] {
	return func(yield func(*FileReport, []byte) bool) {
		for i := 0; i < len(files); {
			came := files[i].came
			n := 1
			for i+n < len(files) && files[i+n].came == came {
				n++
			}
			judged := map[string][]byte{} // by path
			for name, content := range config.Contents(filepath.Join(dir, filepath.FromSlash(came)), came, files[i].packed) {
				judged[name] = content
			}
			for ; n > 0; i, n = i+1, n-1 {
				content := judged[files[i].path]
				if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != files[i].SHA256 {
					content = nil
				}
				if !yield(&files[i], content) {
					return
				}
			}
		}
	}
}

// longestName is how many bytes the name of a receipt may have: less than any file system's, for a number and an ending.
const longestName = 180

// fileName is a name as every system takes it for that of a file.
func fileName(name string) string {
	name = strings.Map(func(c rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, c) || unicode.In(c, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || c == utf8.RuneError {
			return '_'
		}
		return c
	}, name)
	ending := path.Ext(name)
	if len(ending) > 10 {
		ending = ""
	}
	base := strings.TrimSuffix(name, ending)
	if most := longestName - len(ending); len(base) > most {
		for !utf8.RuneStart(base[most]) {
			most--
		}
		base = base[:most]
	}
	name = strings.TrimRight(base+ending, " .")
	if county.DeviceName(name) {
		name = "_" + name
	}
	return name
}

// free is a path that is not taken, and takes it: with a number if need be, whatever the case of letters.
func free(at string, taken map[string]bool) string {
	ending := path.Ext(at)
	unique := at
	for n := 2; taken[strings.ToLower(unique)]; n++ {
		unique = fmt.Sprintf("%s（%d）%s", strings.TrimSuffix(at, ending), n, ending)
	}
	taken[strings.ToLower(unique)] = true
	return unique
}

// kept are the receipts of a month that lie in its folder as they were made; of what is not in the database they cannot
// be made again.
func kept(dir string, report *Report) iter.Seq2[folder.File, error] {
	return func(yield func(folder.File, error) bool) {
		for _, r := range report.Receipts {
			content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(r.Path)))
			if err != nil || !r.holds(content) {
				report.Gone++
				continue
			}
			if !yield(folder.Holding(r.Path, content), nil) {
				return
			}
		}
	}
}
