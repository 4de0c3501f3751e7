package bulletin

import (
	"cmp"
	"slices"

	"huizong/consolidate/rating"
	"huizong/consolidate/summary/progress"
	"huizong/consolidate/summary/workbook"
)

// How many projects, and units of a list, a sentence names; the attachment has them all.
const (
	mostProjects = 5
	mostUnits    = 12
	mostOfGroup  = 3
)

// listing names the first of n things, at most so many, with 、 between them and 等 after them where
// there are more.
func listing(n, most int, of func(i int) []any) clause {
	var said clause
	for i := range min(n, most) {
		if i > 0 {
			said = append(said, "、")
		}
		said = append(said, of(i)...)
	}
	if n > most {
		said = append(said, "等")
	}
	return said
}

// see sends the reader to an attachment; nothing where the bulletin has no such.
func (n narrator) see(title string) clause {
	if mark := n.attachmentMark(title); mark != "" {
		return clause{"（见" + mark + "）"}
	}
	return nil
}

// apart says by how much a cell of points is above or below the share of the year.
func apart(points workbook.Ref) clause {
	return clause{workbook.Which(points, "低于时序进度", "与时序进度持平，相差", "高于时序进度"),
		workbook.As(workbook.Abs(points), workbook.Score.Decimals(1)), "个百分点"}
}

// onHonours says which units reach the share of the year and which do not, those of a group against one
// another.
func (n narrator) onHonours() []clause {
	var said []clause
	for _, list := range []*honour{n.reached, n.missed} {
		if len(list.units) == 0 {
			continue
		}
		words := map[string]string{n.reached.name: "完成投资达到时序进度", n.missed.name: "完成投资低于时序进度" + n.tolerance() + "个百分点及以上"}
		one := clause{list.name + "（" + words[list.name] + "）："}
		for i, group := range list.groups {
			if i > 0 {
				one = append(one, "；")
			}
			mine := list.of(group)
			first := slices.IndexFunc(list.units, func(u standing) bool { return u.line == mine[0].line })
			one = append(one, group+"中")
			one = append(one, listing(len(mine), mostOfGroup, func(i int) []any {
				return slices.Concat(clause{list.drawn.Cell("责任单位", first+i), "（"}, apart(list.drawn.Cell(progress.Ahead, first+i)), clause{"）"})
			})...)
		}
		said = append(said, append(one, "。"))
	}
	if at := len(said) - 1; at >= 0 {
		said[at] = append(append(said[at][:len(said[at])-1], n.see(rankTitle)...), "。")
	}
	return said
}

// onScores says who is the first of each group in 月评比.
func (n narrator) onScores() []clause {
	var said clause
	for _, r := range n.rankings {
		first := 0
		for first < len(r.Ranked) && r.Ranked[first].Place == 1 && r.Ranked[first].Total > 0 {
			first++
		}
		if first == 0 {
			continue
		}
		if said != nil {
			said = append(said, "；")
		}
		said = append(append(said, r.Group+"中"), listing(first, mostOfGroup, func(i int) []any {
			return []any{r.Drawn.Cell("单位", i), "（", r.Drawn.Cell("得分", i), "分）"}
		})...)
	}
	if said == nil {
		return nil
	}
	return []clause{append(append(append(clause{"得分居同类第一的："}, said...), n.see(scoreTitle)...), "。")}
}

// lagging says how many projects have a light of one kind red or yellow, and names them.
func (n narrator) lagging(which string, of func(rating.Lights) rating.Light, words string, more func(row int) clause) []clause {
	var rows []int
	for i, p := range n.slow {
		if of(n.keys.Lights[p.Project.Project]) >= rating.Yellow {
			rows = append(rows, i)
		}
	}
	if len(rows) == 0 {
		return nil
	}
	lights := n.slowSheet.Column("灯/" + which)
	count := workbook.Plus(workbook.CountIf(workbook.Is(lights, workbook.Text(string(workbook.Red)))),
		workbook.CountIf(workbook.Is(lights, workbook.Text(string(workbook.Yellow)))))
	said := clause{words, workbook.As(count, workbook.Whole), "个："}
	said = append(said, listing(len(rows), mostProjects, func(i int) []any {
		return slices.Concat(clause{n.slowSheet.Cell("项目名称", rows[i]), "（", n.slowSheet.Cell("责任单位", rows[i])}, more(rows[i]), clause{"）"})
	})...)
	return []clause{append(append(said, n.see(slowTitle)...), "。")}
}

func (n narrator) onSlow() []clause {
	return n.lagging(slowPace, func(l rating.Lights) rating.Light { return l.Progress }, "完成投资低于时序进度"+n.tolerance()+"个百分点及以上的重点项目",
		func(row int) clause { return append(clause{"，"}, apart(n.slowSheet.Cell(progress.Ahead, row))...) })
}

func (n narrator) onUnstarted() []clause {
	return n.lagging(lateStart, func(l rating.Lights) rating.Light { return l.Start }, "已到计划开工时间而未开工的重点项目", func(int) clause { return nil })
}

func (n narrator) onNotInStatistics() []clause {
	return n.lagging(notYetIn, func(l rating.Lights) rating.Light { return l.Statistics }, "已开工、应入统而未入统的重点项目", func(int) clause { return nil })
}

// byUnit says how many matters of a kind are ordered, and of whom, the most first.
func (n narrator) byUnit(kind, words, measure, attachment string) []clause {
	var rows []int
	for i, o := range n.ordered.orders {
		if len(n.ordered.of(o, kind)) > 0 {
			rows = append(rows, i)
		}
	}
	if len(rows) == 0 {
		return nil
	}
	of := func(row int) int { return len(n.ordered.of(n.ordered.orders[row], kind)) }
	slices.SortStableFunc(rows, func(x, z int) int { return cmp.Compare(of(z), of(x)) })
	summary := n.ordered.summary
	said := clause{words, summary.Total(kind), measure + "："}
	said = append(said, listing(len(rows), mostUnits, func(i int) []any {
		return []any{summary.Cell("责任单位", rows[i]), summary.Cell(kind, rows[i]), measure}
	})...)
	return []clause{append(append(said, n.see(attachment)...), "。")}
}

func (n narrator) onOverdue() []clause {
	return n.byUnit(stuckMatter, "超过办结时限未销号的堵点难点", "个", stuckTitle)
}

func (n narrator) onLateTasks() []clause {
	return n.byUnit(lateTask, "滞后和过期未完成的任务", "项", taskTitle)
}

// onUnsent says whose returns are late, sent back or missing, and what is not summed up for want of them.
func (n narrator) onUnsent() []clause {
	var said []clause
	for _, state := range []filingState{tardy, refused, missing} {
		var rows, numbers []int
		row, unit := -1, ""
		for _, f := range n.filings {
			if f.unit != unit {
				row, unit = row+1, f.unit
			}
			if !f.owed || f.state != state {
				continue
			}
			if len(rows) == 0 || rows[len(rows)-1] != row {
				rows, numbers = append(rows, row), append(numbers, 0)
			}
			numbers[len(numbers)-1]++
		}
		if len(rows) == 0 {
			continue
		}
		heading := "其中/" + string(state)
		one := clause{string(state) + "的", n.received.Total(heading), "份："}
		one = append(one, listing(len(rows), mostUnits, func(i int) []any {
			return []any{n.received.Cell("单位", rows[i]), n.received.Cell(heading, rows[i]), "份"}
		})...)
		said = append(said, append(one, "。"))
	}
	if silent := n.silent(); silent != "" {
		said = append(said, clause{"本月尚未汇总的报表：" + silent + "，相关情况待报送后通报。"})
	}
	return said
}

// onMatters says how much is ordered, kind by kind, and of how many units.
func (n narrator) onMatters() []clause {
	summary := n.ordered.summary
	if summary == nil {
		return nil
	}
	said := clause{"本月交办事项", summary.Total("合计"), "项，其中"}
	mark := ""
	for _, kind := range kindsOfMatter {
		if !slices.ContainsFunc(n.ordered.matters, func(m matter) bool { return m.kind == kind }) {
			continue
		}
		units := workbook.CountIf(workbook.Over(summary.Column(kind), 0))
		said = append(said, mark+kind, summary.Total(kind), "项（", workbook.As(units, workbook.Whole), "个单位）")
		mark = "、"
	}
	return []clause{append(said, "。")}
}

// onMending says what is asked of those whose returns are missing or were sent back.
func (n narrator) onMending() []clause {
	if !slices.ContainsFunc(n.ordered.matters, func(m matter) bool { return slices.Contains(ofReturns, m.kind) }) {
		return nil
	}
	return []clause{{"未报的尽快报送，没有变化的报“本月无变化”；整份退回和部分行退回的，按交办单所列问题更正后重报。"}}
}
