package window

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"huizong/cmd/internal/job"
	"huizong/internal/ledger"
)

// Limits on what is uploaded, besides those of the county on a file and of the desk on drafts.
const (
	mostFiles      = 20          // of a request
	mostAround     = 64 << 10    // bytes of a request besides its files
	mostUploads    = 40          // that are written at once; others wait
	mostOfAUnit    = 8           // of them those of one unit
	uploadWaits    = time.Minute // for its turn: then it is to be tried again
	uploadInAField = "file"
)

// When an upload is ended that does not come to an end.
var (
	uploadStalls = 30 * time.Second // after it stood still for so long
	uploadLasts  = 10 * time.Minute // after so long all in all
)

// upload takes files and looks at each; of one the page is shown, of several the list. What is broken off leaves nothing.
func upload(v *visit) error {
	release, err := v.win.uploads.take(v.Context(), v.person.Name)
	if err != nil {
		v.w.Header().Set("Retry-After", "60")
		return &told{http.StatusServiceUnavailable, ledger.Phrase{"现在上传的人太多，没有收下：请过一分钟再试", "too many are uploading; nothing was taken: try again in a minute"}, nil}
	}
	defer release()
	v.Body = http.MaxBytesReader(v.w, v.Body, mostFiles*v.win.County.Limits.File+mostAround)
	control := http.NewResponseController(v.w)
	v.Body = &patient{v.Body, control, time.Now().Add(uploadLasts)}
	drafts, troubles, err := v.layDown()
	if err != nil {
		v.w.Header().Set("Connection", "close") // what still comes is not waited for
		return err
	}
	control.SetReadDeadline(time.Time{})
	control.SetWriteDeadline(time.Now().Add(uploadLasts)) // however long it took to come
	notice := strings.Join(troubles, "；")
	switch {
	case len(drafts) == 0:
		return &told{http.StatusUnprocessableEntity, ledger.Phrase{"%s", "%s"}, []any{notice}}
	case len(drafts) == 1 && notice == "":
		return v.redirect(v.at("drafts", drafts[0].ID), "") // where it is looked at
	}
	for _, draft := range drafts {
		if _, err := v.win.desk.Look(v.Context(), draft); err != nil {
			return err // the draft stays
		}
	}
	if notice != "" {
		notice = v.Say("；没有收下的：", "; not taken: ") + notice
	}
	taken := ledger.Phrase{"收下%d个文件，还没有交：请逐个看审核结果，再交表", "%d files were taken and are not handed in yet: look at each, then hand it in"}
	return v.redirect(v.at("returns"), v.say(taken, len(drafts))+notice)
}

// turns are those of uploads: all that are written at once, and those of each unit.
type turns struct {
	all   chan bool
	mutex sync.Mutex
	units map[string]chan bool
}

// take waits for the turn of a unit, not for ever; release says that it is over.
func (t *turns) take(ctx context.Context, unit string) (release func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, uploadWaits)
	defer cancel()
	own := t.of(unit)
	select {
	case own <- true:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	select {
	case t.all <- true:
		return func() { <-t.all; <-own }, nil
	case <-ctx.Done():
		<-own
		return nil, ctx.Err()
	}
}

// of are the turns of a unit: full while it has as many as it may.
func (t *turns) of(unit string) chan bool {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.units == nil {
		t.units = map[string]chan bool{}
	}
	if t.units[unit] == nil {
		t.units[unit] = make(chan bool, mostOfAUnit)
	}
	return t.units[unit]
}

// layDown lays down the files of a request, and says of which why they were not taken.
func (v *visit) layDown() (drafts []job.DraftFile, troubles []string, err error) {
	parts, err := v.MultipartReader()
	if err != nil {
		return nil, nil, &told{http.StatusBadRequest, ledger.Phrase{"没有收到文件", "no file came"}, nil}
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return drafts, nil, v.broken(err)
		}
		if part.FormName() != uploadInAField || part.FileName() == "" {
			continue
		}
		if len(drafts)+len(troubles) == mostFiles {
			troubles = append(troubles, v.say(ledger.Phrase{"一次最多%d个文件，后面的没有收", "%d files at once at most: the rest was not taken"}, mostFiles))
			_, err := io.Copy(io.Discard, v.Body) // a browser listens when it has sent all
			return drafts, troubles, err
		}
		draft, err := v.win.desk.LayDown(v.person.Name, v.period, part.FileName(), part)
		unfit := (*job.Unfit)(nil)
		switch {
		case errors.As(err, &unfit):
			troubles = append(troubles, unfit.In(v.lang))
		case err != nil:
			return drafts, nil, v.broken(err)
		default:
			drafts = append(drafts, draft)
		}
	}
	if len(drafts)+len(troubles) == 0 {
		return nil, nil, &told{http.StatusUnprocessableEntity, ledger.Phrase{"没有选文件：请先选好文件，再上传", "no file was chosen"}, nil}
	}
	return drafts, troubles, nil
}

// broken is the error of an upload that came to no end.
func (v *visit) broken(err error) error {
	tooLarge := (*http.MaxBytesError)(nil)
	switch {
	case errors.As(err, &tooLarge):
		return err
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &told{http.StatusRequestTimeout, ledger.Phrase{"上传得太慢，中断了，没有收完：请再试", "the upload was too slow and was ended: try again"}, nil}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, multipart.ErrMessageTooLarge):
		return &told{http.StatusBadRequest, ledger.Phrase{"上传中断了，没有收完：请再试", "the upload was broken off: try again"}, nil}
	}
	return err
}

// A patient body is read for as long as something comes, and not for ever.
type patient struct {
	io.ReadCloser
	control *http.ResponseController
	until   time.Time
}

func (p *patient) Read(b []byte) (int, error) {
	deadline := time.Now().Add(uploadStalls)
	if deadline.After(p.until) {
		deadline = p.until
	}
	p.control.SetReadDeadline(deadline) // where that cannot be set the server's own holds
	return p.ReadCloser.Read(b)
}
