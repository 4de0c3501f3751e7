package job

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"huizong/internal/folder"
	"huizong/internal/ledger"
)

// A Desk is where units lay down files, look at what would become of them, hand them in and take them back. What is laid
// down lies in a folder of its own, which no run reads; what is handed in lies in the inbox of its month, and is entered in
// received.csv there, as if somebody had copied it.
type Desk struct {
	job       *Job
	reading   *Reading
	drafts    string // the folder
	inbox     func(ledger.Period) string
	passwords []string
	now       func() time.Time

	moving sync.Mutex // holds while drafts and files of inboxes change
	checks chan bool  // is full while as many files are checked as there are cores

	scanning sync.Mutex // holds while scans change
	scans    map[scan][]ledger.ReturnID
}

// NewDesk is a desk with drafts in a folder, which is made when it is needed, on the inboxes of months. Passwords are tried in turn
// on encrypted workbooks; now is the time at which a file is handed in.
func (j *Job) NewDesk(reading *Reading, drafts string, inbox func(ledger.Period) string, passwords []string, now func() time.Time) *Desk {
	return &Desk{job: j, reading: reading, drafts: drafts, inbox: inbox, passwords: passwords, now: now, checks: make(chan bool, runtime.GOMAXPROCS(0))}
}

// A DraftFile is a file that a unit laid down for a month and has not handed in.
type DraftFile struct {
	ID           string               `json:"-"`
	Unit         string               `json:"unit"`
	Period       ledger.Period        `json:"period"`
	Name         string               `json:"name"` // as every system takes it for that of a file
	SHA256       string               `json:"sha256"`
	Size         int64                `json:"size"` // in bytes
	When         time.Time            `json:"when"`
	Explanations []ledger.Explanation `json:"explanations,omitempty"`
	Outcome      *Outcome             `json:"-"` // of the last look; nil: nobody has looked yet
}

// An Outcome is what would become of a draft in few words.
type Outcome struct {
	Verdict               string // 验收通过 · 有保留 · 验收不通过; blank: it cannot be handed in
	Taken, Returned, Held int    // rows
}

// An Unfit is the reason for which something of a unit is not taken.
type Unfit struct {
	Why  ledger.Phrase
	args []any
}

func (u *Unfit) Error() string { return u.In(ledger.English) }

// In is the reason in a language.
func (u *Unfit) In(lang ledger.Lang) string {
	if len(u.args) == 0 {
		return u.Why.In(lang)
	}
	return u.Why.Format(lang, u.args...)
}

func unfit(chinese, english string, args ...any) *Unfit {
	return &Unfit{ledger.Phrase{chinese, english}, args}
}

// ErrNoDraft is the error of a draft that is not there: it is another unit's, was handed in, or discarded.
var ErrNoDraft = errors.New("there is no such draft")

const (
	mostDrafts  = 40                 // of a unit
	draftsLast  = 7 * 24 * time.Hour // then a draft that nobody touched is taken away
	uploadLasts = time.Hour          // then what was not laid down whole is

	draftContent = "content"
	draftAbout   = "draft.json"
	draftOutcome = "outcome.json"
	unfinished   = ".new-" // begins the name of what is being laid down, and of what is being taken away
	withdrawn    = "撤回"    // the folder for what was withdrawn, by month and unit, which is never cleared
)

var draftID = regexp.MustCompile(`^[0-9a-f]{32}$`)

func (d *Desk) unitFolder(unit string) string { return filepath.Join(d.drafts, fileName(unit)) }

func (d *DraftFile) folder(desk *Desk) string { return filepath.Join(desk.unitFolder(d.Unit), d.ID) }

// LayDown takes a file of a unit for a month, whole or not at all. Its error is *Unfit where it is too large or there are too
// many already.
func (d *Desk) LayDown(unit string, period ledger.Period, name string, content io.Reader) (draft DraftFile, err error) {
	there, err := d.Drafts(unit)
	if err != nil {
		return draft, err
	}
	if len(there) >= mostDrafts {
		return draft, unfit("没有交的文件已经有%d个，请先交表或放弃一些，再上传", "there are %d files that were not handed in: hand in or discard some first", mostDrafts)
	}
	return d.layDown(unit, period, name, content, nil)
}

// layDown is LayDown of one more than there may be, with what was explained of it.
func (d *Desk) layDown(unit string, period ledger.Period, name string, content io.Reader, explained []ledger.Explanation) (draft DraftFile, err error) {
	draft = DraftFile{ID: randomName(), Unit: unit, Period: period, Name: sentName(name), When: d.now().In(China), Explanations: explained}
	beside := filepath.Join(d.unitFolder(unit), unfinished+draft.ID)
	if err := os.MkdirAll(beside, 0o777); err != nil {
		return draft, folder.FaultOf(beside, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(beside)) }()
	if err := draft.write(filepath.Join(beside, draftContent), content, d.job.county.Limits.File); err != nil {
		return draft, folder.FaultOf(beside, err)
	}
	if err := draft.describe(beside); err != nil {
		return draft, err
	}
	return draft, folder.FaultOf(beside, os.Rename(beside, draft.folder(d)))
}

// randomName is one that nothing has yet.
func randomName() string {
	var id [16]byte
	rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}

// write writes what comes to the disk, up to the limit on a file.
func (d *DraftFile) write(path string, content io.Reader, limit int64) (err error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	sum := sha256.New()
	d.Size, err = io.Copy(io.MultiWriter(file, sum), io.LimitReader(content, limit+1))
	if err != nil {
		return err
	}
	if d.Size > limit {
		return unfit("“%s”太大了，没有收下：最大%dMB", "“%s” is too large and was not taken: %d MB at most", d.Name, limit>>20)
	}
	d.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return file.Sync()
}

// describe writes beside the content what else is known of a draft.
func (d *DraftFile) describe(dir string) error { return note(dir, draftAbout, d) }

// note writes a file of a draft, in the place of what it was. Where the draft has gone nothing is made: ErrNoDraft.
func note(dir, name string, what any) (err error) {
	text, err := json.Marshal(what)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(dir, unfinished)
	if err != nil {
		return gone(dir, err)
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = os.Rename(file.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		os.Remove(file.Name())
	}
	return gone(dir, err)
}

// gone is the error of a file in the folder of a draft: ErrNoDraft where there is no such folder.
func gone(dir string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNoDraft
	}
	return folder.FaultOf(dir, err)
}

// sentName is a name, as a browser gives it, by which a file is kept: without folders, as every system takes it, and not as
// those of what is passed over.
func sentName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = fileName(strings.TrimLeft(name, ".~$ "))
	if name == "" || passedOver(name) {
		name = "报表_" + name + "_"
	}
	return name
}

// Drafts are those of a unit, the latest first.
func (d *Desk) Drafts(unit string) ([]DraftFile, error) {
	entries, err := os.ReadDir(d.unitFolder(unit))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var all []DraftFile
	for _, entry := range entries {
		draft, err := d.Draft(unit, entry.Name())
		if errors.Is(err, ErrNoDraft) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, draft)
	}
	slices.SortStableFunc(all, func(a, b DraftFile) int { return b.When.Compare(a.When) })
	return all, nil
}

// Draft is one of a unit; ErrNoDraft where it has none of that ID.
func (d *Desk) Draft(unit, id string) (DraftFile, error) {
	if !draftID.MatchString(id) {
		return DraftFile{}, ErrNoDraft
	}
	draft := DraftFile{ID: id, Unit: unit}
	text, err := os.ReadFile(filepath.Join(draft.folder(d), draftAbout))
	if errors.Is(err, fs.ErrNotExist) {
		return draft, ErrNoDraft
	}
	if err == nil {
		err = json.Unmarshal(text, &draft)
	}
	if err != nil {
		return draft, err
	}
	if text, err := os.ReadFile(filepath.Join(draft.folder(d), draftOutcome)); err == nil {
		json.Unmarshal(text, &draft.Outcome) // where that is broken nobody has looked yet
	}
	if _, err := os.Stat(draft.content(d)); errors.Is(err, fs.ErrNotExist) || draft.Unit != unit {
		return draft, ErrNoDraft // it was handed in while somebody looked at it; or two units have names that are one for a folder
	}
	return draft, nil
}

// Discard takes a draft away; ErrNoDraft where it has gone.
func (d *Desk) Discard(draft DraftFile) error {
	d.moving.Lock()
	defer d.moving.Unlock()
	return d.discard(draft)
}

// discard takes a draft away at once, however many files it has.
func (d *Desk) discard(draft DraftFile) error {
	away := filepath.Join(d.unitFolder(draft.Unit), unfinished+draft.ID)
	if err := os.Rename(draft.folder(d), away); err != nil {
		return gone(away, err)
	}
	return folder.FaultOf(away, os.RemoveAll(away))
}

// content is the file of a draft.
func (d *DraftFile) content(desk *Desk) string { return filepath.Join(d.folder(desk), draftContent) }

// Clear takes away drafts that were left lying, and what was never laid down whole.
func (d *Desk) Clear() error {
	d.moving.Lock()
	defer d.moving.Unlock()
	units, err := os.ReadDir(d.drafts)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var trouble error
	for _, unit := range units {
		dir := filepath.Join(d.drafts, unit.Name())
		if info, err := unit.Info(); err == nil && strings.HasPrefix(unit.Name(), ".") && time.Since(info.ModTime()) > uploadLasts {
			trouble = errors.Join(trouble, os.RemoveAll(dir)) // a list that was being written
			continue
		}
		drafts, err := os.ReadDir(dir)
		if err != nil {
			continue // it is no folder
		}
		for _, entry := range drafts {
			info, err := entry.Info()
			if err != nil {
				continue // it has just gone
			}
			lasts := draftsLast
			if strings.HasPrefix(entry.Name(), unfinished) {
				lasts = uploadLasts
			}
			if time.Since(info.ModTime()) > lasts && (lasts == uploadLasts || draftID.MatchString(entry.Name())) {
				trouble = errors.Join(trouble, os.RemoveAll(filepath.Join(dir, entry.Name())))
			}
		}
	}
	return trouble
}

// checking waits until a file may be checked; done says that it was.
func (d *Desk) checking(ctx context.Context) (done func(), err error) {
	select {
	case d.checks <- true:
		return func() { <-d.checks }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
