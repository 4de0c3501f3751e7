package importer

import (
	"strings"
	"testing"

	"huizong/internal/ledger"
)

// askedOf is a finding that answers are judged by.
var askedOf = ledger.Finding{Department: "交通运输局", Form: "progress", Entity: "汉江大桥工程", Field: "1-6月累计完成投资", Found: "4200", Expected: "不少于5000",
	Code: &ledger.Code{ID: "V21", Severity: ledger.Query, Effect: ledger.AcceptExplained,
		Wrong:  ledger.Phrase{"累计完成投资比上月少", ""},
		Remedy: ledger.Phrase{"核对后改正；如系核减，请在备注中写明依据", ""}}}

// An answer that gives no reason is refused, however it is worded; one that gives one is taken, however short.
func TestJudge(t *testing.T) {
	for _, text := range lines(`
		已核实
		属实
		无误
		情况属实
		已核对
		同上
		无
		是
		正常
		OK
		ok!
		√
		。。。
		123
		2024-06-30
		4200万元
		没问题
		数据无误
		数据准确
		经核实，情况属实。
		已核实，数据准确无误
		经我单位认真核对，数据准确无误，请予以通过。
		该数据经我局反复核实，真实准确。
		此项数据已与业主单位核对一致
		已与相关科室核对，没有问题
		业务科室已复核，无误，同意上报
		已报主要领导审定同意
		经分管领导签字确认
		经办人已电话核实
		现场查看情况属实
		财务人员已核对过了
		按实际情况填报
		根据实际情况如实填报
		按实际完成情况据实填写
		严格按照要求填报，数据真实可靠
		按照统计口径填报
		按有关规定填报，依据文件材料
		系统自动计算的数据
		数据由系统自动生成，无需修改
		有台账、凭证等资料可查
		有关资料齐，备查
		原因如上所述
		见上一条的说明
		详见附件说明
		理由同前，不再重复说明
		特殊原因造成的
		由于各种客观因素影响
		历史遗留问题造成
		工作人员疏忽造成的错误
		录入时的笔误，已改正
		已按要求修改
		已经更正，请重新审核
		下月一并调整
		下次填报时再更正
		正在抓紧办理，请理解支持
		该项目正在加快推进中
		此项为正常变动，不用修改
		数据变化属正常情况
		金额合理，保留原值
		维持原数，请予认可
		收到，已知悉，谢谢！
		以本次上报的数据为准
		我单位对数据的真实性负责人已确认
		不存在问题，不需要更改
		无异常情况，特此说明
		1-6月累计完成投资4200，情况属实
		该企业反馈数据准确
		系统导出数据，非人工填写
		项目推进顺利，投资完成情况良好
		今后将加强审核，避免类似问题再次发生`) {
		if !givesNoReason(text) {
			t.Errorf("%s is taken", text)
		}
	}
	for _, text := range lines(`
		汉江大桥工程累计完成投资比上月少
		累计完成投资确实比上月少，已核对
		交通运输局汉江大桥工程数据属实
		如系核减，请在备注中写明依据，已核实
		重点项目建设进展月报表的数据无误
		汉江大桥工程1-6月累计完成投资不少于5000`) {
		if givesNoReason(text) || !saysAgain(text, askedOf) {
			t.Errorf("%s does not say it again", text)
		}
	}
	for _, text := range lines(`
		雨季停工，未施工
		资金尚未拨付到位
		设备款7月支付
		设备采购提前付款
		合同价已下浮
		7月初才拿到施工许可
		土地指标核减所致
		本月集中支付工程款
		概算调整增加征迁费
		按审计结论核减
		项目更名为二期
		县审计局5月审减832万元
		审计报告（城审投〔2024〕9号）核减工程款620万元
		五月误把合同额当成完成额，六月按监理计量单冲减
		上月把甲供材重复计入，本月扣回310万元
		监理5月多签一期，6月扣回
		5月含了预付款，按口径改为只计形象进度
		原报数含二期，本月起二期单列
		施工单位退场，未完工程量冲回
		与原施工方解除合同，结算核减
		业主变更为城投公司，原单位的投资不再计入
		桥梁改线，已做桩基报废冲减
		设计变更取消两座涵洞，核减240万元
		总投资按初设批复由8000调为7400万元
		初步设计批复（城发改〔2024〕88号）调减总投资
		可研批复总投资含建设期利息，这次只计工程费
		征地面积由120亩减为96亩，补偿费相应减少
		因雨季汉江水位高，水下桩基停工一个月
		5月20日起汛期停工，预计9月复工
		高温停工两周，只做了绿化
		因环保督察，拌合站停产20天
		砂石料涨价，施工方停工待料
		省级资金6月28日到账，7月支付
		专项债第二批未发行，6月没有支付
		银行贷款在6月中旬放款，一次支付设备款
		设备到货，6月一次性确认2100万元
		本月钢结构整体吊装完成，集中计量
		跨月计量，5月的两期在6月一起签认
		一期已竣工，只剩绿化和验收
		竣工决算完成，质保金未付
		项目已完工，等待验收，本月无投资
		用地手续6月18日才批下来
		林地使用许可7月办结后才能进场
		涉铁段等西安铁路局批复，不能施工
		文物勘探发现古墓群，暂停施工
		拆迁户三家未签协议，便道不通
		与汉中市合建，我县只计城固段
		中央预算内资金按计划数，不是到位数
		统计局按施工单位报的入库数，比我们晚一个月
		开工日期按首桩浇筑日，与施工许可日不同
		企业改制，银行账户冻结一个月
		投资方股权变更，暂缓注资
		招标流标，二次招标定在7月15日
		中标价比控制价低18%
		EPC合同按节点付款，6月没有节点
		该楼栋改为租赁，不再新建
		厂房利用旧厂房改造，不新增用地
		电力迁改由供电公司出资，不计入本项目
		按县政府常务会议纪要第12次，项目缓建
		县委专题会议定暂停二标段
		主管部门由住建局移交交通局，6月起由我局报
		原名称城北大道，现按地名办批复改名汉江大道
		水泥厂搬迁补偿谈判未成，场地移交推迟
		总表漏填两栋楼，6月补进`) {
		if givesNoReason(text) {
			t.Errorf("%s: says nothing", text)
		} else if saysAgain(text, askedOf) {
			t.Errorf("%s: says it again", text)
		}
	}
}

func lines(text string) []string {
	var all []string
	for line := range strings.Lines(strings.TrimSpace(text)) {
		all = append(all, strings.TrimSpace(line))
	}
	return all
}

// One sentence may answer several findings on one project, and on several if it tells one cause of one kind with its grounds.
func TestJudgeOfMany(t *testing.T) {
	other := *askedOf.Code
	other.ID = "V24"
	const short, long = "汛期停工，未施工", "五月二十日起汛期停工，六月没有计量支付"
	of := func(entity string, code *ledger.Code) ledger.Finding {
		f := askedOf
		f.Entity, f.Code = entity, code
		return f
	}
	three := []ledger.Finding{of("甲", askedOf.Code), of("乙", askedOf.Code), of("丙", askedOf.Code)}
	notice := of("丙", &ledger.Code{ID: "C01", Severity: ledger.Notice})
	for _, test := range []struct {
		name  string
		texts []string
		about []ledger.Finding
		want  *ledger.Code
	}{
		{"one", []string{short}, []ledger.Finding{of("甲", askedOf.Code)}, nil},
		{"two projects", []string{short, short}, []ledger.Finding{of("甲", askedOf.Code), of("乙", askedOf.Code)}, nil},
		{"three projects", []string{short, "汛期停工 未施工。", short}, three, SaidOfMany},
		{"three projects, with its grounds", []string{long, long, long}, three, nil},
		{"three projects, of two kinds", []string{long, long, long}, []ledger.Finding{of("甲", askedOf.Code), of("乙", askedOf.Code), of("丙", &other)}, SaidOfMany},
		{"three kinds on one project", []string{short, short, short}, []ledger.Finding{of("甲", askedOf.Code), of("甲", &other), of("甲", askedOf.Code)}, nil},
		{"two projects and a notice", []string{short, short, short}, []ledger.Finding{of("甲", askedOf.Code), of("乙", askedOf.Code), notice}, nil},
		{"a notice, checked", []string{"已核实"}, []ledger.Finding{notice}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			answers := make([]Explanation, len(test.texts))
			for i, text := range test.texts {
				answers[i].Text = text
			}
			for i, got := range Judge(answers, test.about) {
				if got != test.want {
					t.Errorf("the answer to %s: %v", test.about[i].Entity, got)
				}
			}
		})
	}
}
