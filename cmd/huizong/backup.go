package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
	"huizong/internal/ledger"
)

func (p *program) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "把整个数据库备份到一个文件 (the whole database in one file)",
		Long: "Writes the whole database, all counties of it, into FILE, which must not be there yet. A run may be at work meanwhile. " +
			"What a hand changed in the database is backed up as it is, and told: exit status 3.",
		Example: "  huizong backup 备份/2024-07-03.zip",
		Args:    cobra.ExactArgs(1),
		RunE:    p.works(func(ctx context.Context, args []string) error { return p.backUp(ctx, args[0]) }),
	}
}

func (p *program) backUp(ctx context.Context, path string) error {
	j, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer j.Close()
	m, changed, err := j.Backup(ctx, path)
	if err != nil {
		return p.explain(err, ledger.Period{})
	}
	if p.json {
		err = p.writeJSON(m)
	} else {
		p.printf(p.say("备份完成：%s，%d个表、%d行（内有联系电话，请妥善保管）\n", "backed up: %s, %d tables, %d rows (with phone numbers: keep it safe)\n"),
			path, len(m.Tables), m.Rows())
	}
	if len(changed) == 0 || err != nil {
		return err
	}
	for _, c := range changed {
		p.tell("%s\n", p.changed(c))
	}
	p.tell("%s\n", p.say("备份里的就是这样的数据库：请不要用它顶替以前完好的备份", "the backup is of the database as it is: do not let it replace one that was made before"))
	return errLeftOut
}

func (p *program) restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "把备份恢复到一个空的数据库 (a backup into an empty database)",
		Long: "Puts a backup into the database that --database names, which must be empty, of either kind: all of it or nothing. " +
			"Then the county's newest month is made again and held against what was merged.",
		Example: "  huizong restore 备份/2024-07-03.zip --database sqlite:新库.db",
		Args:    cobra.ExactArgs(1),
		RunE:    p.works(func(ctx context.Context, args []string) error { return p.restore(ctx, args[0]) }),
	}
}

// errReplayDiffers says that a backup was restored and its newest month comes out otherwise.
var errReplayDiffers = errors.New("the newest month does not come out as it was merged")

func (p *program) restore(ctx context.Context, path string) error {
	file, err := job.OpenBackup(path) // before a database is made for it
	if err != nil {
		return err
	}
	defer file.Close()
	j, err := job.Open(ctx, p.databaseURL, p.county)
	if err != nil {
		return err
	}
	defer j.Close()
	replay, err := j.Restore(ctx, file)
	kept := p.say("数据已恢复并保留", "what was restored is kept")
	if errors.As(err, new(*job.Changed)) {
		return fmt.Errorf("%w: %s", err, kept)
	}
	if err != nil {
		return err
	}
	if p.json {
		err = p.writeJSON(struct {
			*job.Manifest
			Replayed *job.Replay `json:"replayed"`
		}{&file.Manifest, replay})
	} else {
		p.printf(p.say("恢复完成：%d个表、%d行，行政区划代码%s\n", "restored: %d tables, %d rows, regions %s\n"), len(file.Tables), file.Rows(), strings.Join(file.Regions, "、"))
		p.tellReplay(replay)
	}
	if replay != nil && !replay.Same && !replay.OtherRules {
		return fmt.Errorf("%w: %s", errReplayDiffers, kept)
	}
	return err
}

// tellReplay says whether the newest month comes out as it was merged.
func (p *program) tellReplay(r *job.Replay) {
	switch {
	case r == nil:
		p.printf(p.say("备份里没有%s的月份，未复算\n", "the backup has no month of %s: nothing was replayed\n"), p.county.Name)
		return
	case r.Same:
		p.printf(p.say("复算 %s：一致\n", "replayed %s: same\n"), r.Period)
		return
	case r.OtherRules:
		p.printf(p.say("复算 %s：当时的规则与现在不同，不能比对，可重新执行 run；数据与备份一致\n",
			"replayed %s: merged by other rules than now, not comparable: run it again; the data are those of the backup\n"), r.Period)
		return
	}
	words := make([]string, len(r.Differs))
	for i, phrase := range r.Differs {
		words[i] = phrase.In(p.lang)
	}
	p.printf(p.say("复算 %s：不一致：%s；若备份时该月已待重新汇总，请重新执行 run\n",
		"replayed %s: not the same: %s; if the month was stale when it was backed up, run it again\n"), r.Period, strings.Join(words, "、"))
}
