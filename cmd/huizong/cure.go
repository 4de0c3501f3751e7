package main

import (
	"errors"
	"fmt"
	"io/fs"

	"huizong/cmd/internal/job"
	"huizong/internal/form"
)

// cure says in the operator's words what to do about an error, where that is known; blank otherwise.
func (p *program) cure(err error) string {
	var changed *job.Changed
	var full *job.NotEmpty
	switch {
	case errors.As(err, &changed):
		return p.cureChanged(changed)
	case errors.As(err, &full):
		return p.say("只能恢复到空的数据库：--database 指定一个还不存在的 SQLite 文件，或新建一个 PostgreSQL 库", "")
	case job.DatabaseFull(err):
		return p.say("磁盘满了：数据库所在的磁盘或临时文件夹写不下，这一步没有写入；请腾出空间，再执行一次",
			"the disk of the database, or that of temporary files, is full, and this step was not written: make room, then run again")
	case errors.Is(err, job.ErrNothingToBackUp):
		return p.say("数据库里什么都没有，没有可备份的：请核对 --database", "is --database the right one?")
	case errors.Is(err, fs.ErrExist):
		return p.say("文件已经存在，不覆盖：请换一个文件名", "it is not overwritten: choose another name")
	}
	return ""
}

func (p *program) cureChanged(c *job.Changed) string {
	const how = "数据库的表 %s 被改动过或已损坏"
	switch {
	case c.Period.IsZero():
		return p.say(fmt.Sprintf(how+"：请改回原样，或恢复备份", c.Table), "")
	case c.Form == "":
		return p.say(fmt.Sprintf(how+"（%s）：请重新执行 huizong run --period %s --inbox …，或恢复备份", c.Table, c.Period, c.Period), "")
	}
	title := c.Form
	if f := form.ByID(c.Form); f != nil {
		title = f.Title
	}
	return p.say(fmt.Sprintf(how+"（%s，%s，%s）：请把这份报表放回收件箱，重新执行 huizong run --period %s --inbox …，或恢复备份",
		c.Table, c.Period, c.Department, title, c.Period), "")
}
