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
	var missing *job.Missing
	switch {
	case errors.As(err, &changed):
		return p.say(p.changed(changed), "")
	case errors.As(err, &full):
		return p.say("只能恢复到空的数据库：--database 指定一个还不存在的 SQLite 文件，或新建一个 PostgreSQL 库", "")
	case errors.As(err, &missing) && missing.Folder != "":
		return p.say(fmt.Sprintf("没有文件夹 %s，不能在里面建数据库：请核对 --database，或先建好文件夹", missing.Folder), "")
	case errors.As(err, &missing):
		return p.say(fmt.Sprintf("那里没有数据库（%s）：请核对 --database 和 HUIZONG_DATABASE；还没有汇总过任何月份的，请先执行 huizong run", missing.Path),
			"is --database (or HUIZONG_DATABASE) the right one? Where no month was merged yet: huizong run makes it")
	case errors.As(err, new(*job.Newer)):
		return p.say("这是更新版本的程序建的，这个版本读不了，什么都没有改动：请换用新版 huizong", "nothing was changed")
	case errors.As(err, new(*job.NoBackup)):
		return p.say("这个文件不是备份，或者损坏、不全，一行也没有恢复：请换一份备份，或从别处重新复制一次",
			"not a row was restored: take another backup, or copy the file again")
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

// changed says what was changed in a database, and what mends it.
func (p *program) changed(c *job.Changed) string {
	const how = "数据库的表 %s 被改动过或已损坏"
	switch {
	case c.Period.IsZero():
		return p.say(fmt.Sprintf(how+"：请改回原样，或恢复备份", c.Table), c.Error())
	case c.Form == "":
		return p.say(fmt.Sprintf(how+"（%s）：请重新执行 huizong run --period %s --inbox …，或恢复备份", c.Table, c.Period, c.Period), c.Error())
	}
	title := c.Form
	if f := form.ByID(c.Form); f != nil {
		title = f.Title
	}
	return p.say(fmt.Sprintf(how+"（%s，%s，%s）：请把这份报表放回收件箱，重新执行 huizong run --period %s --inbox …，或恢复备份",
		c.Table, c.Period, c.Department, title, c.Period), c.Error())
}
