package main

import (
	"errors"
	"fmt"

	"huizong/cmd/internal/job"
)

// ofLock says for people why the lock of the county was not had, or no longer; any other error is
// as it is.
func (p *program) ofLock(err error) error {
	if busy := (*job.Busy)(nil); errors.As(err, &busy) {
		return fmt.Errorf(p.say("本县的另一次运行还没有结束（%s，%s开始）：什么都没有改动，请等它结束后再执行",
			"another run of this county is at work (%s, since %s): nothing was changed, run again when it has ended"), busy.Who, busy.Since)
	}
	lost := (*job.Lost)(nil)
	switch {
	case !errors.As(err, &lost):
		return err
	case lost.Err == nil:
		return fmt.Errorf(p.say("本县的另一次运行已经接手（%s，%s开始），本次就此停止，不再写入：请等它结束后再执行",
			"another run of this county has taken over (%s, since %s), and this one writes nothing more: run again when it has ended"), lost.By.Who, lost.By.Since)
	}
	return fmt.Errorf(p.say("数据库中断了本次运行的连接（%w），本次就此停止；每一步要么全部写入，要么没有写入：请重新执行",
		"the database ended the session of this run (%w), which stops here; each step is done whole or not at all: run again"), lost.Err)
}
