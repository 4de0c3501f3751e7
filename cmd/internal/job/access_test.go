package job

import (
	"context"
	"errors"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/alexedwards/scs/v2"

	"huizong/internal/county"
	"huizong/internal/ledger"
)

// newAccess opens an empty database twice, as the window and the command line do.
func newAccess(t *testing.T) (window, command *Access) {
	t.Helper()
	ctx, url := context.Background(), "sqlite:"+filepath.Join(t.TempDir(), "h.db")
	if _, err := OpenAccess(ctx, url, county.Default()); !errors.As(err, new(*Missing)) {
		t.Fatalf("there is no database: %v", err)
	}
	j, err := Open(ctx, url, county.Default())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	var both [2]*Access
	for i := range both {
		if both[i], err = OpenAccess(ctx, url, county.Default()); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { both[i].Close() })
	}
	both[1].Who = "李工"
	return both[0], both[1]
}

// personBy is who has a code.
func personBy(t *testing.T, a *Access, code string) Person {
	t.Helper()
	p, ok, err := a.Person(context.Background(), CodeID(code))
	if !ok || err != nil {
		t.Fatalf("nobody has %s: %v", code, err)
	}
	return p
}

func added(t *testing.T, a *Access, role Role, name string) (Person, string) {
	t.Helper()
	code, err := a.Add(context.Background(), role, name)
	if err != nil {
		t.Fatal(err)
	}
	return personBy(t, a, code), code
}

// A code lets in whoever it was given to, however it is typed, and nobody else; taken back or replaced, it lets nobody in, and who
// is in is out with the next request.
func TestSignIn(t *testing.T) {
	ctx := context.Background()
	window, command := newAccess(t)
	p, code := added(t, command, Staff, "县交通局")
	if p.Name != "交通运输局" || p.Role != Staff || !strings.HasPrefix(code, p.ID+"-") {
		t.Errorf("%+v has %s", p, code)
	}
	if !regexp.MustCompile(`^([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$`).MatchString(code) {
		t.Errorf("a code like %s", code)
	}
	wide := strings.Map(func(r rune) rune { return r + 0xFEE0 }, code)
	for _, typed := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", ""), " " + strings.ReplaceAll(code, "-", "  ") + "\n", wide,
		strings.ReplaceAll(code, "-", "——")} {
		if got, err := window.SignIn(ctx, typed); err != nil || got.ID != p.ID || got.Name != "交通运输局" {
			t.Errorf("%q: %+v, %v", typed, got, err)
		}
	}
	other := map[bool]string{true: "3", false: "2"}
	last := len(code) - 1
	for _, typed := range []string{"", "-", code[:last], code + "2", code[:last] + other[code[last:] == "2"], other[code[:1] == "2"] + code[1:], code[:last] + "0",
		strings.Repeat("汇", 16), strings.Repeat(code, 1000)} {
		if got, err := window.SignIn(ctx, typed); !errors.Is(err, ErrNoSuchCode) || len(CodeID(typed)) > 4 {
			t.Errorf("%.40q: %+v, %v", typed, got, err)
		}
	}
	in := func(p Person, want bool) {
		t.Helper()
		if got, ok, err := window.Person(ctx, p.ID); ok != want || err != nil || ok && got.Name != p.Name {
			t.Errorf("in: %+v, %v, %v", got, ok, err)
		}
	}
	in(p, true)
	newCode, err := command.Replace(ctx, Staff, "交通运输局")
	if err != nil {
		t.Fatal(err)
	}
	newer := personBy(t, command, newCode)
	in(p, false)
	in(newer, true)
	if _, err := window.SignIn(ctx, code); !errors.Is(err, ErrNoSuchCode) {
		t.Errorf("the old code: %v", err)
	}
	if _, err := window.SignIn(ctx, newCode); err != nil {
		t.Error(err)
	}
	if _, err := command.Remove(ctx, "交通局"); err != nil {
		t.Fatal(err)
	}
	in(newer, false)
	if _, err := window.SignIn(ctx, newCode); !errors.Is(err, ErrNoSuchCode) {
		t.Errorf("taken back: %v", err)
	}
}

// Who may be let in, and whom a name means.
func TestWhoMayComeIn(t *testing.T) {
	ctx := context.Background()
	_, command := newAccess(t)
	var noUnit *NoUnit
	if _, err := command.Add(ctx, Staff, "运输局"); !errors.As(err, &noUnit) || !slices.Contains(noUnit.Near, "交通运输局") {
		t.Errorf("no unit: %v, near %v", err, noUnit)
	}
	town, _ := added(t, command, Staff, "水利局")
	leader, _ := added(t, command, Leader, " 张三 ")
	office, _ := added(t, command, Office, "张三")
	roads, _ := added(t, command, Staff, "交通运输局")
	var has *HasCode
	if _, err := command.Add(ctx, Staff, "县交通局"); !errors.As(err, &has) || has.ID != roads.ID {
		t.Errorf("a second code: %v", err)
	}
	names := func(want ...Person) {
		t.Helper()
		list, err := command.List(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var got, ids []string
		for _, p := range list {
			got = append(got, p.ID)
		}
		for _, p := range want {
			ids = append(ids, p.ID)
		}
		if !slices.Equal(got, ids) {
			t.Errorf("%v, want %v", list, want)
		}
	}
	names(office, leader, roads, town)
	var nobody *Nobody
	var several *Several
	if _, err := command.Remove(ctx, "林业局"); !errors.As(err, &nobody) {
		t.Errorf("nobody: %v", err)
	}
	if _, err := command.Remove(ctx, "张三"); !errors.As(err, &several) || len(several.People) != 2 {
		t.Errorf("several: %v", err)
	}
	if gone, err := command.Remove(ctx, strings.ToLower(leader.ID)); err != nil || gone.Role != Leader {
		t.Errorf("by ID: %+v, %v", gone, err)
	}
	names(office, roads, town)
	if gone, err := command.Remove(ctx, "张三"); err != nil || gone.ID != office.ID {
		t.Errorf("by name: %+v, %v", gone, err)
	}
	names(roads, town)
	deeds, err := command.Deeds(ctx, DeedQuery{Most: 100, Who: "李工"})
	if err != nil || len(deeds) != 6 || deeds[0].Deed != TookCode || deeds[0].About != "汇总 张三 "+office.ID || deeds[5].Deed != GaveCode {
		t.Errorf("noted: %+v, %v", deeds, err)
	}
}

// An ID that nobody has is refused with the same work as a wrong secret, of which little is done at once; who does
// not wait for it any more is let go.
func TestGuessingIsDear(t *testing.T) {
	window, command := newAccess(t)
	_, code := added(t, command, Office, "张三")
	params, _, _, err := argon2id.DecodeHash(hashOfNobody)
	if err != nil || *params != hashParams {
		t.Errorf("of nobody: %+v, %v, want %+v", params, err, hashParams)
	}
	rows, err := window.db.Access(context.Background(), window.county.Region)
	if err != nil {
		t.Fatal(err)
	}
	if params, _, _, err := argon2id.DecodeHash(rows[0].Hash); err != nil || *params != hashParams {
		t.Errorf("of a code: %+v, %v", params, err)
	}
	for range cap(window.hashing) {
		window.hashing <- struct{}{}
	}
	for typed, want := range map[string]error{code: context.DeadlineExceeded, "2222-2222-2222-2222": context.DeadlineExceeded, "2222": ErrNoSuchCode} {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
		if _, err := window.SignIn(ctx, typed); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", typed, err, want)
		}
		cancel()
	}
	<-window.hashing
	if _, err := window.SignIn(context.Background(), code); err != nil {
		t.Error(err)
	}
}

// The characters of codes are as likely as one another, and none is taken for another.
func TestCharactersOfCodes(t *testing.T) {
	counts := map[rune]int{}
	const each = 400
	for _, r := range randomCharacters(each * len(codeAlphabet)) {
		counts[r]++
	}
	if len(codeAlphabet) != 32 || len(counts) != 32 || strings.ContainsAny(codeAlphabet, "0O1I") {
		t.Errorf("%d characters in %s, %d seen", len(codeAlphabet), codeAlphabet, len(counts))
	}
	for r, n := range counts {
		if n < each/2 || n > 2*each {
			t.Errorf("%c came %d times, %d are due", r, n, each)
		}
	}
}

// What is noted is read as it was noted, by person and month.
func TestDeeds(t *testing.T) {
	ctx := context.Background()
	window, command := newAccess(t)
	window.now = func() time.Time {
		return time.Date(2024, time.July, 3, 8, 30, 0, 5, time.FixedZone("Asia/Shanghai", 8*3600))
	}
	june := ledger.Period{Year: 2024, Month: 6}
	noted := []Deed{
		{Who: "水利局", Role: Staff, From: "10.1.2.3", Deed: HandedIn, Period: june, About: "6月\x00.xlsx"},
		{From: "10.1.2.4", Deed: SignInFailed},
		{Who: "李工", Role: Office, From: "::1", Deed: ClosedMonth, Period: june},
	}
	for i, d := range noted {
		if err := window.Note(ctx, d); err != nil {
			t.Fatal(err)
		}
		noted[i].Number = i + 1
	}
	noted[0].About = "6月\ufffd.xlsx"
	for _, test := range []struct {
		query DeedQuery
		want  []int
	}{
		{DeedQuery{Most: 10}, []int{3, 2, 1}},
		{DeedQuery{Most: 1, Before: 3}, []int{2}},
		{DeedQuery{Most: 10, Period: june}, []int{3, 1}},
		{DeedQuery{Most: 10, Who: "水利局", Period: june}, []int{1}},
		{DeedQuery{Most: 10, Period: june.Add(1)}, nil},
	} {
		got, err := command.Deeds(ctx, test.query)
		if err != nil {
			t.Fatal(err)
		}
		var numbers []int
		for _, d := range got {
			numbers = append(numbers, d.Number)
			if want := window.now().Truncate(time.Second); !d.At.Equal(want) {
				t.Errorf("at %s, want %s", d.At, want)
			}
			d.At = time.Time{}
			if d != noted[d.Number-1] {
				t.Errorf("%+v, want %+v", d, noted[d.Number-1])
			}
		}
		if !slices.Equal(numbers, test.want) {
			t.Errorf("%+v: %v, want %v", test.query, numbers, test.want)
		}
	}
	if ClosedMonth.In(ledger.Chinese) != "结账" || DeedKind("later").In(ledger.English) != "later" {
		t.Errorf("%s, %s", ClosedMonth.In(ledger.Chinese), DeedKind("later").In(ledger.English))
	}
}

// The manager of sessions finds in the database what it put there, until it is over, by a hash of the token alone.
func TestSessionsOfTheManager(t *testing.T) {
	window, command := newAccess(t)
	manager := scs.New()
	manager.Store, manager.HashTokenInStore, manager.Lifetime = window.Sessions(), true, time.Hour
	load := func(token string) (context.Context, string) {
		t.Helper()
		ctx, err := manager.Load(context.Background(), token)
		if err != nil {
			t.Fatal(err)
		}
		return ctx, manager.GetString(ctx, "person")
	}
	ctx, _ := load("")
	manager.Put(ctx, "person", "ABCD")
	token, _, err := manager.Commit(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, id := load(token); id != "ABCD" {
		t.Errorf("%q is in", id)
	}
	if data, ok, err := command.Sessions().Find(token); ok || err != nil {
		t.Errorf("the token itself is kept: %q, %v", data, err)
	}
	window.now = func() time.Time { return time.Now().Add(time.Hour) }
	if _, id := load(token); id != "" {
		t.Errorf("%q is in after an hour", id)
	}
	window.now = time.Now
	ctx, _ = load(token)
	if err := manager.Destroy(ctx); err != nil {
		t.Fatal(err)
	}
	if _, id := load(token); id != "" {
		t.Errorf("%q is in after going out", id)
	}
}
