package window

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"huizong/cmd/internal/job"
	"huizong/internal/ledger"
)

// A form that does not come whole does nothing; one that says too much is shown again as it was typed; what is explained and discarded
// is in the audit trail, in words.
func TestFormsOfADraft(t *testing.T) {
	inFull(t)
	f := openEmpty(t)
	v := f.as(t, transport)
	_, page, draft := v.upload(file{"6月储备.csv", sheet})
	keys := regexp.MustCompile(`name="(answer-[0-9a-f]{12})"`).FindAllStringSubmatch(page, -1)
	if len(keys) != 2 {
		t.Fatalf("asked are %v", keys)
	}
	const good, form = "批复尚未下达，先用备案证明上的代码", "application/x-www-form-urlencoded"
	for name, test := range map[string]struct {
		body   string
		status int
	}{
		"broken":    {keys[0][1] + "=" + url.QueryEscape(good) + "&a=%zz", http.StatusBadRequest},
		"too large": {keys[0][1] + "=" + strings.Repeat("x", mostAnswers), http.StatusRequestEntityTooLarge},
	} {
		answer, err := v.Post(f.server.URL+draft+"/hand-in", form, strings.NewReader(test.body))
		if status, _ := v.read(answer, err); status != test.status {
			t.Errorf("%s: status %d", name, status)
		}
	}
	v.shows(draft, http.StatusOK, "6月储备.csv") // it was not handed in
	long := strings.Repeat("长", job.LongestExplanation+1)
	if status, page := v.post(draft+"/hand-in", url.Values{keys[0][1]: {long}, keys[1][1]: {good}}); status != http.StatusUnprocessableEntity ||
		!strings.Contains(page, long+"</textarea>") || !strings.Contains(page, good+"</textarea>") || !strings.Contains(page, "说明太长") {
		t.Errorf("what is too long: %d", status)
	}
	lines := strings.Repeat("先用备案证明上的代码\r\n", 45)[:len("先用备案证明上的代码\r\n")*45-2]
	if status, _ := v.post(draft+"/explain", url.Values{keys[0][1]: {lines}}); status != http.StatusOK {
		t.Errorf("many lines: %d", status)
	}
	if status, _ := v.post(draft+"/discard", url.Values{}); status != http.StatusOK {
		t.Errorf("discarding: %d", status)
	}
	deeds, err := f.Access.Deeds(t.Context(), job.DeedQuery{Most: 2})
	if err != nil || deeds[0].Deed != job.Discarded || !strings.HasPrefix(deeds[0].About, "6月储备.csv ") || deeds[1].Deed != job.Explaining ||
		!strings.Contains(deeds[1].About, " · 项目代码 · ") || !strings.Contains(deeds[1].About, "：先用备案证明上的代码\n") {
		t.Errorf("%+v (%v)", deeds, err)
	}
}

// A list of files received that cannot be read is told in a sentence, in the language of the page; nothing fails.
func TestStaffOfAListThatCannotBeRead(t *testing.T) {
	f := openEmpty(t)
	v := f.as(t, transport)
	_, _, draft := v.upload(file{"6月储备.csv", sheet})
	inbox := filepath.Join(f.dir, "inbox", "2024-06")
	if err := os.MkdirAll(filepath.Join(inbox, transport), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"received.csv": "文件,收到时间\na.csv,昨天\n", transport + "/旧.csv": sheet} {
		if err := os.WriteFile(filepath.Join(inbox, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	v.shows("/m/2024-06/returns", http.StatusOK, "收件登记 received.csv 第2行写错了，请发改局改好", "旧.csv", "由发改局收来")
	if status, page := v.post(draft+"/hand-in", url.Values{}); status != http.StatusConflict || !strings.Contains(page, "第2行写错了") {
		t.Errorf("handing in: %d", status)
	}
	v.post("/language", url.Values{"language": {"en"}, "to": {draft}})
	v.shows("/m/2024-06/returns", http.StatusOK, "line 2 of the list of files received")
}

// A unit has its turns of uploads and leaves the others theirs.
func TestTurnsOfUploads(t *testing.T) {
	all := turns{all: make(chan bool, mostUploads)}
	take := func(unit string) func() {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for range 50 { // a turn that is free is not always seen beside a visitor who has gone
			if release, err := all.take(ctx, unit); err == nil {
				return release
			}
		}
		return nil
	}
	var releases []func()
	for range mostOfAUnit {
		releases = append(releases, take(transport))
	}
	if take(transport) != nil || take(water) == nil {
		t.Error("one unit has the turns of others")
	}
	releases[0]()
	if take(transport) == nil {
		t.Error("a turn that is over is not to be had")
	}
}

// What a finding does is said as it is: last month's value stands where it can.
func TestOutcomeOf(t *testing.T) {
	held := job.Question{Finding: ledger.Finding{Code: &ledger.Code{Effect: ledger.HoldField}}}
	if got := outcomeOf(held).In(ledger.Chinese); got != "这个数不采用，本月留空" {
		t.Error(got)
	}
	held.Stays = true
	if got := outcomeOf(held).In(ledger.Chinese); got != "这个数不采用，沿用上月的" {
		t.Error(got)
	}
	for effect := range outcomesThatStay {
		if outcomes[effect] == outcomesThatStay[effect] {
			t.Errorf("%v is said in one way", effect)
		}
	}
}
