package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"huizong/consolidate/store"
	"huizong/internal/county"
)

// A command that changes a month is refused while another is at work, and says whose work it is.
func TestTheLockIsTaken(t *testing.T) {
	database := sqliteIn(t)
	db, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	lock, err := db.Lock(t.Context(), county.Default().Region, store.Holder{Who: "发改局-PC 4711", Since: "2024-07-03 08:30"})
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Release()
	for _, command := range []string{
		"run --period 2024-06 --out out --inbox " + filepath.Join(samplesDir, "2024-06", "inbox"),
		"summary --period 2024-06 --out out", "decide undo 1", "decide same 867fbb843081 98ae733e278e --who 张三 --why 已核对",
		"close --period 2024-06 --who 张三", "reopen --period 2024-06 --reason 漏报 --until 2099-07-10",
	} {
		for lang, want := range map[string]string{
			"zh": "本县的另一次运行还没有结束（发改局-PC 4711，2024-07-03 08:30开始）：什么都没有改动，请等它结束后再执行",
			"en": "another run of this county is at work (发改局-PC 4711, since 2024-07-03 08:30): nothing was changed, run again when it has ended",
		} {
			var log strings.Builder
			args := append([]string{"--database", database, "--lang", lang}, strings.Fields(command)...)
			if status := execute(context.Background(), args, io.Discard, &log); status != exitFailed || log.String() != "huizong: "+want+"\n" {
				t.Errorf("%s exits %d and says %s", command, status, log.String())
			}
		}
	}
}

// A lock that was lost is told in the reader's language: by whom, or why.
func TestTheLockWasLost(t *testing.T) {
	for _, test := range []struct {
		lost *store.Lost
		want string
	}{
		{&store.Lost{By: store.Holder{Who: "乙", Since: "09:00"}}, "本县的另一次运行已经接手（乙，09:00开始），本次就此停止，不再写入：请等它结束后再执行"},
		{&store.Lost{Err: io.EOF}, "数据库中断了本次运行的连接（EOF），本次就此停止；每一步要么全部写入，要么没有写入：请重新执行"},
	} {
		if got := (&program{}).ofLock(test.lost).Error(); got != test.want {
			t.Errorf("got %s", got)
		}
	}
}
