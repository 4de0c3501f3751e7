package main

import (
	"database/sql"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huizong/cmd/internal/job"
	"huizong/internal/county"
	"huizong/internal/ledger"
)

// The drill: a month is run, backed up and restored into the other kind of database. There the
// month's files are the same, and so is the next month.
func TestDrill(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("whole months, several times")
	}
	inbox := func(period string) string { return filepath.Join(samplesDir, period, "inbox") }
	first, out := sqliteIn(t), t.TempDir()
	huizong(t, exitLeftOut, "--database", first, "--quiet", "run", "--period", "2024-05", "--inbox", inbox("2024-05"), "--out", out)
	may := hashes(t, out)
	backup := filepath.Join(t.TempDir(), "2024-05.zip")
	huizong(t, exitDone, "--database", first, "backup", backup)
	huizong(t, exitLeftOut, "--database", first, "--quiet", "run", "--period", "2024-06", "--inbox", inbox("2024-06"), "--out", out)
	june := hashes(t, out)

	second, again := newest.Database(t), t.TempDir()
	if said := huizong(t, exitDone, "--database", second, "restore", backup); !strings.Contains(said, "\n复算 2024-05：一致\n") {
		t.Errorf("it says\n%s", said)
	}
	huizong(t, exitDone, "--database", second, "summary", "--period", "2024-05", "--out", again)
	if diff := cmp.Diff(ofDatabase(may), hashes(t, again)); diff != "" {
		t.Errorf("May, from the backup, differs:\n%s", diff)
	}
	huizong(t, exitLeftOut, "--database", second, "--quiet", "run", "--period", "2024-06", "--inbox", inbox("2024-06"), "--out", again)
	of := func(all map[string]string) map[string]string {
		all = maps.Clone(all)
		maps.DeleteFunc(all, func(path, _ string) bool { return !strings.HasPrefix(path, "2024-06/") })
		return all
	}
	if diff := cmp.Diff(of(june), of(hashes(t, again))); diff != "" {
		t.Errorf("June, on what was restored, differs:\n%s", diff)
	}
}

// reserveReturn is a return of one project.
const reserveReturn = "谋划储备项目表（2024年6月）\n填报单位：经济贸易局,,,,填报日期：2024年6月20日,单位：万元\n" +
	"序号,项目名称,领域,所属批次,建设地点,建设规模及主要建设内容,总投资,责任单位,项目单位\n" +
	"1,物流园,产业发展,储备,柳林镇,新建物流园,800,经济贸易局,供销社\n"

// A month of which something changed after it was merged is restored as it was, and comes out
// otherwise: that is told, and a failure.
func TestReplayOfAMonthThatWasStale(t *testing.T) {
	dir := t.TempDir()
	database, backup := sqliteIn(t), filepath.Join(dir, "b.zip")
	run := func(period, returns string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, "经济贸易局储备项目.csv"), []byte(returns), 0o644); err != nil {
			t.Fatal(err)
		}
		huizong(t, exitLeftOut, "--database", database, "--quiet", "run", "--period", period, "--inbox", dir, "--out", t.TempDir())
	}
	run("2024-06", reserveReturn)
	run("2024-07", reserveReturn) // in which the reserve of June stands
	run("2024-06", strings.NewReplacer("800,", "900,", "20日", "21日").Replace(reserveReturn))
	huizong(t, exitDone, "--database", database, "backup", backup)
	restored := sqliteIn(t)
	if said := huizong(t, exitFailed, "--database", restored, "restore", backup); !strings.Contains(said, "复算 2024-07：不一致：上月在册行、在册行、") {
		t.Errorf("restore says\n%s", said)
	}
	for _, database := range []string{database, restored} {
		if said := huizong(t, exitDone, "--database", database, "status", "--period", "2024-06"); !strings.Contains(said, "\n2024-07也要重新执行 run\n") {
			t.Errorf("status says\n%s", said)
		}
	}
}

// What is said of a replay, whatever came of it.
func TestWhatIsSaidOfAReplay(t *testing.T) {
	differs := []ledger.Phrase{{"在册行", "the rows in force"}}
	for want, r := range map[string]*job.Replay{
		"the backup has no month of 城固县: nothing was replayed\n": nil,
		"replayed 2024-06: same\n":                               {Period: "2024-06", Same: true, OtherRules: true},
		"replayed 2024-06: merged by other rules than now, not comparable: run it again; the data are those of the backup\n": {
			Period: "2024-06", OtherRules: true, Differs: differs},
		"replayed 2024-06: not the same: the rows in force; if the month was stale when it was backed up, run it again\n": {Period: "2024-06", Differs: differs},
	} {
		var out strings.Builder
		p := &program{out: &out, lang: ledger.English, county: county.Default()}
		if p.tellReplay(r); out.String() != want {
			t.Errorf("got  %swant %s", out.String(), want)
		}
	}
}

// A figure that a hand changed in the database stops whoever reads it, in words that say what to
// do; done so, it is right again.
func TestAFigureThatAHandChanged(t *testing.T) {
	path, dir := filepath.Join(t.TempDir(), "h.db"), t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "经济贸易局储备项目.csv"), []byte(reserveReturn), 0o644); err != nil {
		t.Fatal(err)
	}
	run := func() {
		t.Helper()
		huizong(t, exitLeftOut, "--database", "sqlite:"+path, "--quiet", "run", "--period", "2024-06", "--inbox", dir, "--out", t.TempDir())
	}
	run()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`UPDATE figure SET value = value + 1 WHERE name = 'reserve.projects'`); err != nil {
		t.Fatal(err)
	}
	var out, log strings.Builder
	status := execute(t.Context(), []string{"--database", "sqlite:" + path, "status"}, &out, &log)
	for _, want := range []string{"table figure, month 2024-06, is not as it was written",
		"\n数据库的表 figure 被改动过或已损坏（2024-06）：请重新执行 huizong run --period 2024-06 --inbox …，或恢复备份\n"} {
		if status != exitFailed || !strings.Contains(log.String(), want) {
			t.Errorf("exit status %d, says\n%s", status, log.String())
		}
	}
	// It is backed up as it is, and so restored; both say so.
	backup, restored := filepath.Join(dir, "b.zip"), sqliteIn(t)
	for _, command := range []struct {
		args   []string
		status int
		want   []string
	}{
		{[]string{"--database", "sqlite:" + path, "backup", backup}, exitLeftOut,
			[]string{"备份完成", "数据库的表 figure 被改动过或已损坏（2024-06）：", "请不要用它顶替以前完好的备份"}},
		{[]string{"--database", "sqlite:" + path, "--lang", "en", "backup", backup + ".en"}, exitLeftOut,
			[]string{"backed up", "table figure, month 2024-06, is not as it was written", "do not let it replace one that was made before"}},
		{[]string{"--database", restored, "restore", backup}, exitFailed, []string{"数据已恢复并保留", "数据库的表 figure 被改动过或已损坏（2024-06）："}},
		{[]string{"--database", restored, "status"}, exitFailed, []string{"数据库的表 figure 被改动过或已损坏（2024-06）："}},
	} {
		var said strings.Builder
		status := execute(t.Context(), command.args, &said, &said)
		for _, want := range command.want {
			if status != command.status || !strings.Contains(said.String(), want) {
				t.Errorf("%v: exit status %d, says\n%s", command.args, status, said.String())
			}
		}
	}
	run()
	huizong(t, exitDone, "--database", "sqlite:"+path, "status")
	huizong(t, exitDone, "--database", "sqlite:"+path, "backup", backup+".mended")
}

// A database of a newer program is left alone, in words that say what to do.
func TestDatabaseOfANewerProgram(t *testing.T) {
	path := filepath.Join(t.TempDir(), "h.db")
	j, err := job.Open(t.Context(), "sqlite:"+path, county.Default())
	mustDo(t, err)
	mustDo(t, j.Close())
	db, err := sql.Open("sqlite", path)
	mustDo(t, err)
	defer db.Close()
	_, err = db.Exec(`INSERT INTO migration (name) VALUES ('9999_later.sql')`)
	mustDo(t, err)
	for lang, want := range map[string]string{
		"zh": "更新版本的程序建的，这个版本读不了，什么都没有改动：请换用新版 huizong",
		"en": "a newer program made it (it has 9999_later.sql): use that one",
	} {
		var log strings.Builder
		if status := execute(t.Context(), []string{"--database", "sqlite:" + path, "--lang", lang, "status"}, io.Discard, &log); status != exitFailed ||
			!strings.Contains(log.String(), want) {
			t.Errorf("exit status %d, says\n%s", status, log.String())
		}
	}
}
