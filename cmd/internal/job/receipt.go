package job

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
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
	annotated, ok, err := receipt.Annotate(content, slip)
	if ok || err != nil {
		return receiptOf(slip, annotated, true), err
	}
	alone, err := receipt.Alone(slip)
	return receiptOf(slip, alone, false), err
}

// receiptOf is the receipt of a slip that was made.
func receiptOf(slip *receipt.Slip, content []byte, inPlace bool) Receipt {
	name := path.Base(slip.File)
	if !inPlace {
		name += ".回单.xlsx"
	}
	return Receipt{name, content, inPlace, slip.Verdict()}
}

// A ReceiptReport is a receipt as run.json names it.
type ReceiptReport struct {
	File    string          `json:"file"` // the delivery that it is of
	Verdict receipt.Verdict `json:"verdict"`
	Written
}

// unattributed is where receipts go of which nobody knows whose they are.
const unattributed = "未识别"

// receipts gives the receipt of each file of a report, one after the other, and names it there. One that the last run made of the
// same is taken over. For the others files are read again: of one that is gone by now, or changed, the first sheet alone is made.
func (j *Job) receipts(config importer.Config, inbox Inbox, last *lastReceipts, report *Report, month *consolidate.Month) iter.Seq2[folder.File, error] {
	return func(yield func(folder.File, error) bool) {
		period := config.Period
		better, running := month.Better(), month.Running()
		taken := map[string]bool{}
		for _, notice := range report.Notices {
			taken[strings.ToLower(notice.Path)] = true
		}
		for file, content := range receivedAgain(config, inbox.Dir, report.Files) {
			slip := receipt.Slip{Title: j.county.Name + period.Chinese() + ledger.ReceiptTitle, File: file.Path, SHA256: file.SHA256, Sent: true,
				Sender: strings.TrimPrefix(file.sender, unattributed), Fronts: file.fronts, County: j.county,
				Returns: returnsOf(*file), Findings: findingsOf(*file),
				Feedback: feedback(file, better, running)}
			slip.Settled = settled(month, slip.Findings)
			sum := last.slipSum(slip)
			made, known := last.receipt(sum, &slip)
			if !known {
				var err error
				sent := content()
				if made, err = newReceipt(sent, &slip); err != nil {
					yield(folder.File{}, fmt.Errorf("the receipt of %s: %w", file.Path, err))
					return
				}
				known = sent != nil
			}
			at := free(path.Join(summary.ReceiptsDir, file.sender, fileName(made.Name)), taken)
			written := writtenOf(at, made.Content)
			report.Receipts = append(report.Receipts, ReceiptReport{file.Path, made.Verdict, written})
			if known {
				report.slips[sum] = keptReceipt{written, made.InPlace}
			}
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

// receivedAgain gives each file of a report with what reads it, nil where that is not what was judged; files of an archive
// stand together, and are read together.
func receivedAgain(config importer.Config, dir string, files []FileReport) iter.Seq2[*FileReport, func() []byte] {
	return func(yield func(*FileReport, func() []byte) bool) {
		for i := 0; i < len(files); {
			came := files[i].came
			n := 1
			for i+n < len(files) && files[i+n].came == came {
				n++
			}
			packed := files[i].packed
			read := sync.OnceValue(func() map[string][]byte { // by path
				return maps.Collect(config.Contents(filepath.Join(dir, filepath.FromSlash(came)), came, packed))
			})
			for ; n > 0; i, n = i+1, n-1 {
				file := &files[i]
				content := func() []byte {
					judged := read()[file.path]
					if sum := sha256.Sum256(judged); hex.EncodeToString(sum[:]) != file.SHA256 {
						return nil
					}
					return judged
				}
				if !yield(file, content) {
					return
				}
			}
		}
	}
}

// A keptReceipt is a receipt that lies in the folder of its month, and whether it is the sender's own workbook.
type keptReceipt struct {
	Written
	InPlace bool
}

// lastReceipts are the receipts of the last run of a month.
type lastReceipts struct {
	by   string                 // what receipts are made by now; blank: nobody knows
	dir  string                 // the month's folder
	kept map[string]keptReceipt // by the sum of what they say
}

// lastReceipts are those that may be taken over from the month's folder below out: none where all is to be made afresh.
func (j *Job) lastReceipts(ctx context.Context, period ledger.Period, out string, afresh bool) (*lastReceipts, error) {
	last := &lastReceipts{by: madeBy(j.county), dir: filepath.Join(out, period.String())}
	if last.by == "" || afresh {
		return last, nil
	}
	text, err := j.db.LastKept(ctx, j.county.Region, period, keptReceipts)
	if text == "" || err != nil {
		return last, err
	}
	if json.Unmarshal([]byte(text), &last.kept) != nil {
		last.kept = nil // a hand wrote it: they are made again
	}
	return last, nil
}

// slipSum is the SHA-256 of all that a receipt is made of: the file, what is said of it, and what makes it.
func (l *lastReceipts) slipSum(slip receipt.Slip) string {
	findings := slip.Findings
	slip.Findings, slip.County = nil, nil // that is part of what makes it
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%#v\n", l.by, slip)
	for _, f := range findings {
		code := f.Code
		f.Code = nil
		fmt.Fprintf(sum, "%#v %#v\n", *code, f)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// receipt is the receipt of a slip of that sum, if it is known and still lies in the folder as it was made.
func (l *lastReceipts) receipt(sum string, slip *receipt.Slip) (Receipt, bool) {
	kept, there := l.kept[sum]
	if !there {
		return Receipt{}, false
	}
	content, err := os.ReadFile(filepath.Join(l.dir, filepath.FromSlash(kept.Path)))
	if err != nil || !kept.holds(content) {
		return Receipt{}, false
	}
	return receiptOf(slip, content, kept.InPlace), true
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
