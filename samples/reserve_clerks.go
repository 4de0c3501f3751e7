package samples

import (
	"slices"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

var reserveSample = newSample(sample{
	form: res.Name.Form, tell: tellReserve, crowd: crowdReserve,
	hands: reserveHands, events: reserveEvents, troubles: reserveTroubles,
})

// res are the columns, for short.
var res = &form.Reserve

// Groups of columns as the form heads them. Every hand has the owner, by whom a project is
// known, and the column by which it leaves.
var (
	sources       = cols(res.Central.Column, res.Bonds.Column, res.LongTerm.Column, res.Local.Column, res.Loans.Column, res.Social.Column, res.Other.Column)
	permits       = cols(res.Feasibility.Column, res.Approval.Column, res.Land.Column, res.Planning.Column, res.Environment.Column, res.Energy.Column)
	reservePeople = cols(res.Department.Column, res.Owner.Column, res.Leader.Column, res.Contact.Column, res.Phone.Column)
	reserveEnd    = cols(res.IsPackage.Column, res.Package.Column, res.LandArea.Column, res.Leaving.Column, res.Remark.Column)
)

var reserveHands = []hand{
	{ // the form as it was sent out
		file: "{简}{月}月谋划储备项目表.xlsx", sheet: "谋划储备项目", font: "宋体",
		title: "{县}{单位}{期}谋划储备项目表（样例数据）",
		lines: []string{"填报单位：{单位}（盖章）|填报人：{人}|填报日期：{日}|单位：{量}"},
		columns: slices.Concat([]column{running},
			cols(res.Name.Column, res.Code.Column, res.Field.Column, res.Stage.Column, res.Nature.Column, res.Place.Column,
				res.Content.Column, res.Total.Column), sources, cols(res.Secured.Column, res.Start.Column, res.Years.Column), permits,
			cols(res.Maturity.Column, res.TaskForce.Column), reservePeople, reserveEnd),
		totals: totalLast, notes: []string{"注：本表为样例数据，项目、单位和人员均为虚构。", "单位负责人：（签字）"},
	},
	{ // all in 亿元, in sections, with column numbers
		file: "附件1：{简}{月}月谋划储备项目汇总表(最终版).xlsx", sheet: "Sheet1", font: "仿宋",
		title: "附件1\n{单位}谋划储备项目汇总表\n（{期}，样例数据，单位：{量}）", lines: []string{"填报日期：{日}"}, unit: ledger.HundredMillionYuan,
		columns: slices.Concat([]column{running, col(res.Name.Column, "项目（工程）名称"), col(res.Code.Column, "投资项目统一代码"), col(res.Stage.Column, "所处阶段"),
			col(res.Field.Column, "所属领域"), col(res.Place.Column, "建设地址"), col(res.Content.Column, "建设内容及规模"), col(res.Total.Column, "估算总投资")},
			sources, []column{col(res.Secured.Column, "目前已落实资金"), col(res.Start.Column, "计划开工时间"), col(res.Years.Column, "建设期限")}, reservePeople, reserveEnd),
		numbers: true, by: res.Stage.Column, totals: totalLast, beside: []*page{{name: "Sheet2"}, {name: "Sheet3"}},
	},
	{ // 亿元 beside 万元, a column of their own, empty rows framed below
		file: "{简}储备项目（{年}年{月}月）.xlsx", sheet: "储备 ", font: "宋体",
		title: "{年}年{月}月{单位}项目谋划储备表", lines: []string{"填报单位：{单位}||填报时间：{日}|（样例数据）"},
		columns: slices.Concat([]column{running, col(res.Name.Column, "项目名称"), col(res.Field.Column, "领域"), by(alias(0), res.Stage.Column, "四个一批"),
			col(res.Nature.Column, "性质"), col(res.Place.Column, "建设地点"), col(res.Content.Column, "主要建设内容"),
			in(ledger.HundredMillionYuan, res.Total.Column, "总投资（亿元）")},
			under("资金来源（万元）", sources), []column{in(ledger.TenThousandYuan, res.Secured.Column, "已落实资金（万元）"), col(res.Start.Column, "拟开工时间"),
				col(res.Years.Column, "建设年限")}, permits, cols(res.Maturity.Column), reservePeople,
			[]column{{head: "专家意见", fill: []string{"", "", "建议补充论证", ""}}}, reserveEnd),
		phantom: 12,
	},
	{ // amounts as text, with separators and units; equal cells merged
		file: "{单位}{期}谋划储备项目.xlsx", sheet: "{月}月", font: "楷体",
		title: "{县}{年}年储备项目库（样例数据）", lines: []string{"责任单位：{单位}|{期}|填表人：{人}|金额单位：{量}", "填报日期：{日}"},
		columns: slices.Concat([]column{running, col(res.Field.Column, "项目领域"), col(res.Name.Column, "项目"), col(res.Stage.Column, "批次"),
			col(res.Place.Column, ""),
			col(res.Content.Column, "建设规模及内容"), by(united, res.Total.Column, "投资估算")}, write(commas, sources), []column{by(typed, res.Secured.Column, "落实资金"),
			by(inWords, res.Start.Column, "预计开工时间"), by(wordySpan, res.Years.Column, "起止年限")}, permits, cols(res.Maturity.Column), reservePeople, reserveEnd),
		merge: []*form.Column{res.Department.Column, res.Field.Column}, totals: totalTyped,
	},
	{ // three header rows; the unit's name is only the folder's
		file: "{单位}/{年}年{月}月储备项目表.xlsx", sheet: "储备库", font: "宋体",
		title: "谋划储备项目表\n（{期}·样例数据）", lines: []string{"|填报日期：{日}|单位：{量}"},
		columns: slices.Concat([]column{running}, under("项目基本情况", []column{col(res.Name.Column, ""), col(res.Field.Column, ""), col(res.Stage.Column, ""),
			col(res.Nature.Column, ""), col(res.Place.Column, ""), col(res.Content.Column, "")}),
			under("投资情况", slices.Concat(cols(res.Total.Column), sources, cols(res.Secured.Column))),
			under("推进情况", slices.Concat(cols(res.Start.Column, res.Years.Column), permits, cols(res.Maturity.Column))), reservePeople, reserveEnd),
		totals: totalLast, notes: []string{"说明：1.总投资为估算数。2.本表为样例数据。"},
	},
	{ // the total first, 〃 for the same as above, real dates, empty rows between
		file: "{年}.{月}{简}储备项目.xlsx", sheet: "储备项目", font: "微软雅黑",
		title: "{县}{单位}储备项目表（{年}年{月}月）样例数据", lines: []string{"单位名称（盖章）：{单位}|审核人：{人}|填报日期：{日}|单位：{量}"},
		columns: slices.Concat([]column{running, col(res.Department.Column, "责任部门"), col(res.Field.Column, "谋划领域"), col(res.Name.Column, "储备项目名称"),
			by(alias(1), res.Stage.Column, "所属批次"),
			col(res.Place.Column, "项目地点"), col(res.Content.Column, "建设内容"), by(grouped, res.Total.Column, "总投资估算"), by(grouped, res.Secured.Column, "已到位资金"),
			by(calendarWords, res.Start.Column, "拟开工日期"), col(res.Years.Column, "建设周期")}, permits, cols(res.Maturity.Column),
			[]column{col(res.Owner.Column, "业主单位"), col(res.Leader.Column, "包联领导"), col(res.Contact.Column, ""), col(res.Phone.Column, "联系方式"),
				by(tick, res.IsPackage.Column, ""), col(res.Package.Column, ""), col(res.Leaving.Column, ""), col(res.Remark.Column, "")}),
		ditto: []*form.Column{res.Department.Column, res.Field.Column}, totals: totalFirst, blankAfter: 5,
	},
	{ // spaced and broken headings, full-width digits
		file: "{单位}{年}年{月}月储备项目表.xlsx", sheet: "Sheet1", font: "宋体",
		title: "{单位}{期}谋划储备项目表", lines: []string{"（样例数据）|||填报日期：{日}"},
		columns: slices.Concat([]column{{head: "序\n号"}, col(res.Name.Column, "项  目  名  称"), col(res.Code.Column, "项目\n代码"),
			col(res.Field.Column, "领 域"), by(alias(0), res.Stage.Column, "项目\n阶段"), col(res.Place.Column, "建设\n地点"),
			col(res.Content.Column, "建设规模及\n主要建设内容"), by(wide, res.Total.Column, "总 投 资\n（{量}）"), col(res.Secured.Column, "已落实资金\n（{量}）"),
			by(calendar, res.Start.Column, "拟开工\n时间"),
			col(res.Years.Column, "建设年限")}, permits, []column{by(alias(0), res.Maturity.Column, "成熟度等级")}, reservePeople,
			[]column{col(res.Leaving.Column, "退库原因"), col(res.Remark.Column, "备  注")}),
	},
	{ // in 元, other words for the choices, dates with slashes
		file: "{简}{月}月份储备项目库.xlsx", sheet: "项目库", font: "仿宋",
		title: "{县}{单位}谋划储备项目（{期}）", lines: []string{"填报单位：{单位}|联系人：{人}", "填报日期：{日}|样例数据|单位：{量}"}, unit: ledger.Yuan,
		columns: slices.Concat([]column{running, col(res.Name.Column, "工程名称"), col(res.Field.Column, "所属行业"),
			by(alias(0), res.Stage.Column, "四个一批类别"), col(res.Place.Column, ""),
			col(res.Content.Column, ""), by(grouped, res.Total.Column, "项目总投资")}, sources, cols(res.Secured.Column),
			[]column{by(slashed, res.Start.Column, "拟开工年月"),
				by(wordySpan, res.Years.Column, "建设起止年限")}, write(alias(2), permits), []column{by(alias(1), res.Maturity.Column, "成熟程度")}, reservePeople,
			reserveEnd),
		totals: totalLast,
	},
}

var reserveEvents = []event{
	{[]int{5}, "五堵镇", late}, {[]int{6}, "老庄镇", late}, {[]int{6}, "小河镇", missing}, {[]int{6}, "双溪镇", unchanged},
	{[]int{6}, "天明镇", sentBack}, {[]int{6}, "教育体育局", superseded}, {[]int{6}, "桔园镇", repeated},
	{everyMonth, "航空经济技术开发区", asOld}, {everyMonth, "龙头镇", locked},
}

var (
	inMay  = []int{5}
	inJune = []int{6}
)

var reserveTroubles = []*trouble{
	{months: inMay, unit: "城市管理局", codes: "V16", what: "总投资按亿元填进了万元列", at: res.Total.Column, fits: func(now, before *ledger.Record) bool {
		v := res.Total.Value(now)
		return v.Known && v.N < int64(10*ledger.TenThousandYuan)
	}},
	{months: inMay, unit: "交通运输局", codes: "C01", what: "金额填成了文字", at: res.Secured.Column, fits: settled(res.Secured.Column),
		do: writes(res.Secured.Column, "已落实一半")},
	{months: inMay, unit: "民政局", codes: "V11", what: "资金来源之和比总投资多300万元", at: res.Total.Column,
		fits: settled(res.Total.Column, blank(res.Other.Column)), do: changes(more(res.Other.Column, 300))},
	{months: inMay, unit: "文化和旅游局", codes: "C12", what: "成熟度填了选项以外的字", at: res.Maturity.Column, fits: settled(res.Maturity.Column),
		do: writes(res.Maturity.Column, "较成熟")},

	{months: everyMonth, unit: "招商服务中心", codes: "V06", what: "项目代码校验位不符", at: res.Code.Column, fits: stated(res.Code.Column),
		do: changes(miscopy(res.Code.Column))},
	{months: everyMonth, unit: "招商服务中心", codes: "V05", what: "项目代码没有写全", at: res.Code.Column, fits: stated(res.Code.Column),
		do: writes(res.Code.Column, "2301-610722-04-01")},
	{months: everyMonth, unit: "航空经济技术开发区", codes: "V10", what: "项目代码的行政区划是外省的", at: res.Code.Column, fits: stated(res.Code.Column),
		do: changes(elsewhere(res.Code.Column, "320115"))},

	{months: inJune, unit: "发展和改革局", codes: "F32", what: "隐藏的数据源工作表", sheet: "数据源",
		do: besides(&page{name: "数据源", hidden: true, rows: [][]cell{{{value: "谋划"}}, {{value: "储备"}}, {{value: "开工"}}, {{value: "投产"}}}})},
	{months: inJune, unit: "乡村振兴局", codes: "F31", what: "另有一张说明工作表", sheet: "填表说明",
		do: besides(&page{name: "填表说明", rows: [][]cell{{{value: "样例数据：项目按四个一批分类填写，金额单位见表头。"}}}})},
	{months: inJune, unit: "二里镇", codes: "F38", what: "表名和文件名都没有写月份", mark: "title", do: func(f *filing, _ int) *row {
		f.hand.file, f.hand.title = "{简}储备项目库.xlsx", "{县}{单位}谋划储备项目"
		return nil
	}},
	{months: inJune, unit: "博望街道", codes: "F44", what: "隐藏了一行", do: func(f *filing, _ int) *row {
		f.hide = true
		return nil
	}},
	{months: inJune, unit: "莲花街道", codes: "F53", what: "“建设内容”列出现两次", mark: "head 建设内容", do: func(f *filing, _ int) *row {
		f.hand.columns = append(slices.Clone(f.hand.columns), column{head: "建设内容", fill: []string{"同前", ""}})
		return nil
	}},
	{months: inJune, unit: "生态环境局城固分局", codes: "F60", what: "合计比各行之和多100万元", mark: "total", do: func(f *filing, _ int) *row {
		f.off = 100 * ledger.TenThousandYuan
		return nil
	}},
	{months: inJune, unit: "经济贸易局", codes: "C01", what: "总投资填的是约数", at: res.Total.Column, fits: settled(res.Total.Column),
		do: writes(res.Total.Column, "约4.5亿")},
	{months: inJune, unit: "住房和城乡建设局", codes: "C15", what: "公式引用的单元格已被删除", at: res.Secured.Column, fits: settled(res.Secured.Column),
		do: as(res.Secured.Column, cell{formula: "#REF!*0.1", look: numberLook})},
	{months: inJune, unit: "交通运输局", codes: "V01", what: "储备项目没有填总投资", at: res.Total.Column,
		fits: settled(res.Total.Column, says(res.Stage.Column, "储备")), do: writes(res.Total.Column, "")},
	{months: inJune, unit: "水利局", codes: "V11", what: "资金来源之和比总投资多300万元", at: res.Total.Column,
		fits: settled(res.Total.Column, blank(res.Other.Column)), do: changes(more(res.Other.Column, 300))},
	{months: inJune, unit: "水利局", codes: "M10", what: "所属的打包项目没有单位报送", at: res.Package.Column,
		fits: settled(res.Name.Column, blank(res.Package.Column)), do: changes(becomes(res.Package.Column, "城乡供水打包项目"))},
	{months: inJune, unit: "农业农村局", codes: "V12", what: "已落实资金比总投资多", at: res.Secured.Column, fits: settled(res.Secured.Column),
		do: changes(func(r *ledger.Record) {
			res.Secured.Set(r, ledger.Number(res.Total.Value(r).N+500*int64(ledger.TenThousandYuan)))
		})},
	{months: inJune, unit: "农业农村局", codes: "V17", what: "打包项目把自己填成了所属打包项目", at: res.Package.Column, fits: settled(res.IsPackage.Column),
		do: changes(func(r *ledger.Record) {
			put(r, res.Package, res.Name.Of(r))
		})},
	{months: inJune, unit: "文化和旅游局", codes: "V13", what: "从谋划直接跳到开工", at: res.Stage.Column,
		fits: settled(res.Stage.Column, says(res.Stage.Column, "谋划"), stated(res.Total.Column)), do: changes(becomes(res.Stage.Column, "开工"))},
	{months: inJune, unit: "林业局", codes: "V14", what: "从储备退回谋划，没有说明", at: res.Stage.Column,
		fits: settled(res.Stage.Column, says(res.Stage.Column, "储备")), do: changes(becomes(res.Stage.Column, "谋划"))},
	{months: inJune, unit: "卫生健康局", codes: "V15", what: "手续没有办完，成熟度填了A", at: res.Maturity.Column,
		fits: settled(res.Maturity.Column, says(res.Maturity.Column, "B")), do: changes(becomes(res.Maturity.Column, "A"))},
	{months: inJune, unit: "城市管理局", codes: "C12", what: "所属批次填了选项以外的字", at: res.Stage.Column, fits: settled(res.Stage.Column),
		do: writes(res.Stage.Column, "前期工作")},
	{months: inJune, unit: "应急管理局", codes: "C35", what: "没有13月", at: res.Start.Column, fits: settled(res.Start.Column),
		do: writes(res.Start.Column, "{年}年13月")},
	{months: inJune, unit: "应急管理局", codes: "C07", what: "数字末尾的0丢失，看不出是1月还是10月", at: res.Start.Column, fits: settled(res.Start.Column),
		do: func(f *filing, i int) *row {
			f.rows[i].says(res.Start.Column, cell{value: float64(f.period.Year) + 0.1, look: numberLook})
			return nil
		}},
	{months: inJune, unit: "民政局", codes: "C17", what: "同一行填了两遍", fits: settled(res.Total.Column), do: again(nil)},
	{months: inJune, unit: "五堵镇", codes: "V03", what: "同一项目填了两行，联系人不同", at: res.Name.Column, fits: settled(res.Total.Column),
		do: again(becomes(res.Contact.Column, "钱样例"))},
	{months: inJune, unit: "自然资源局", codes: "M02@", what: "项目没有退库原因而从表中消失，沿用上月", fits: settled(res.Total.Column), do: forgets},
	{months: inJune, unit: "沙河营镇", codes: "V02 M02@", what: "没有填项目名称，认不出是哪个项目", at: res.Name.Column, fits: settled(res.Total.Column),
		do: writes(res.Name.Column, "")},
	{months: inJune, unit: "龙头镇", codes: "C16", what: "一个金额合并了两行", at: res.Secured.Column, fits: settled(res.Secured.Column), do: func(f *filing, i int) *row {
		f.rows[i].spans = res.Secured.Column
		f.rows[i+1].says(res.Secured.Column, cell{})
		return nil
	}},
	{months: inJune, unit: "文川镇", codes: "C05", what: "用地填的是约数", at: res.LandArea.Column, fits: settled(res.LandArea.Column),
		do: writes(res.LandArea.Column, "60余")},
	{months: inJune, unit: "柳林镇", codes: "C19", what: "公式结果精确到了分以下", at: res.Secured.Column,
		fits: settled(res.Secured.Column, func(now, _ *ledger.Record) bool {
			return res.Total.Value(now).N%7 != 0
		}), do: func(f *filing, i int) *row {
			fen := res.Total.Value(&f.rows[i].Record).N
			total := ledger.Exactly(fen, int64(f.hand.unit))
			f.rows[i].says(res.Secured.Column,
				cell{value: real(total) / 7, formula: total + "/7", look: numberLook, worth: ledger.Money((fen + 3) / 7), counts: true})
			return nil
		}},
	{months: inJune, unit: "上元观镇", codes: "C02", what: "金额写到了分以下", at: res.Secured.Column, fits: settled(res.Secured.Column),
		do: writes(res.Secured.Column, "812.34567891")},
	{months: inJune, unit: "二里镇", codes: "V18", what: "领域不在县里的分类中", at: res.Field.Column, fits: settled(res.Field.Column), do: writes(res.Field.Column, "新能源")},
	{months: inJune, unit: "董家营镇", codes: "V20", what: "责任单位不在名单中", at: res.Department.Column, fits: settled(res.Department.Column),
		do: writes(res.Department.Column, "县项目办")},
	{months: inJune, unit: "董家营镇", codes: "V19", what: "包抓领导不在名单中", at: res.Leader.Column, fits: settled(res.Leader.Column),
		do: writes(res.Leader.Column, "样例领导99")},
	{months: inJune, unit: "三合镇", codes: "C18", what: "第一行就写“同上”", at: res.Field.Column, fits: settled(res.Field.Column), do: writes(res.Field.Column, "同上")},
	{months: inJune, unit: "原公镇", codes: "C11", what: "是否打包填了“部分”", at: res.IsPackage.Column, fits: settled(res.Name.Column),
		do: writes(res.IsPackage.Column, "部分")},
	{months: inJune, unit: "人力资源和社会保障局", codes: "C08", what: "日期没有年份", at: res.Start.Column, fits: settled(res.Start.Column),
		do: writes(res.Start.Column, "6月底")},
	{months: inJune, unit: "人力资源和社会保障局", codes: "C10", what: "填的是工期长短", at: res.Years.Column, fits: settled(res.Years.Column),
		do: writes(res.Years.Column, "2年")},
	{months: inJune, unit: "城市建设投资集团", codes: "C21", what: "起止年限前后颠倒", at: res.Years.Column, fits: settled(res.Years.Column),
		do: writes(res.Years.Column, "2025.12—2024.3")},
}
