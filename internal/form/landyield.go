package form

import (
	"fmt"
	"slices"
	"strings"

	"huizong/internal/ledger"
)

var landyield = newForm(Form{
	Number: 11, ID: "landyield", Title: "亩均效益评价表", English: "yield of land per mu",
	Aliases: []string{"亩均效益评价情况表", "亩均论英雄评价表", "亩均效益统计表", "企业亩均效益评价表", "亩均效益情况表", "工业企业亩均效益评价表", "园区亩均效益评价表", "亩均效益"},
})

var yields = words("A/A类/A级/优先发展类", "B/B类/B级/支持发展类/鼓励提升类", "C/C类/C级/提升发展类/监管调控类", "D/D类/D级/限制发展类/落后整治类")

// LandYield is 亩均效益评价表: a row is an enterprise or a park with what it makes of its
// land. Land arrives in 亩, 平方米 or 公顷 and is kept in 亩; what it yields per 亩 is computed.
var LandYield = struct {
	Name       Text
	CreditCode Text // 统一社会信用代码
	Land       Count
	Fixed      Money
	Revenue    Money
	Tax        Money
	AddedValue Money
	Energy     Count // 吨标准煤
	Research   Money
	Grade      Choice // as declared
	Remark     Text
}{
	Name:       landyield.text(Required, "name", "企业（园区）名称", "企业名称", "园区名称", "单位名称", "企业", "名称", "企业（单位）名称"),
	CreditCode: landyield.text(Optional, "credit_code", "统一社会信用代码", "社会信用代码", "信用代码", "企业信用代码", "统一信用代码"),
	Land:       landyield.count(Required, "land_area", "用地面积", "占地面积", "用地", "实际用地面积", "总用地面积", "占用土地面积", "土地面积").as(RoleLand),
	Fixed:      landyield.money(Optional, "fixed", "固定资产投资", "固投", "固定资产投资额", "累计固定资产投资"),
	Revenue:    landyield.money(Optional, "revenue", "主营业务收入", "营业收入", "主营收入", "销售收入"),
	Tax:        landyield.money(Optional, "tax", "税收", "实缴税收", "税收贡献", "税收实际贡献", "实际入库税收", "纳税额", "入库税金"),
	AddedValue: landyield.money(Optional, "added_value", "工业增加值", "增加值"),
	Energy:     landyield.count(Optional, "energy", "能耗(吨标煤)", "能耗", "综合能耗", "能源消费量", "综合能源消费量", "能耗（吨标准煤）"),
	Research:   landyield.money(Optional, "research", "研发投入", "研发经费", "研发费用", "R&D经费", "研发经费支出"),
	Grade:      landyield.choice(Optional, yields, "grade", "评价等级", "等级", "评价结果", "评价类别", "亩均评价等级", "综合评价等级"),
	Remark:     landyield.text(Optional, "remark", "备注", "说明", "备注说明").as(RoleRemark),
}

// Findings of the landyield form.
var (
	CreditCodeWrong = ledger.Declare("V90", ledger.Query, ledger.AcceptExplained, ledger.Level1, "constraint-error",
		ledger.Zh("统一社会信用代码不是18位，或校验位不符", "请对照营业执照核对；没有的请留空"),
		ledger.En("the credit code has not 18 characters, or its check character does not fit", "compare it with the licence; leave it blank if there is none"))
	NoLand = ledger.Declare("V91", ledger.Query, ledger.HoldField, ledger.Level1, "constraint-error",
		ledger.Zh("用地面积不大于0，无法计算亩均", "请核对用地面积和单位"),
		ledger.En("the land is no more than 0; nothing can be computed per mu", "check the area and its unit"))
	TaxOverRevenue = ledger.Declare("V92", ledger.Query, ledger.AcceptExplained, ledger.Level1, "unit-suspect",
		ledger.Zh("税收超过主营业务收入，可能是单位写错", "请核对两个金额的单位"),
		ledger.En("the tax exceeds the revenue; a unit may be wrong", "check the units of both"))
	GradeApart = ledger.Declare("V93", ledger.Notice, ledger.Accept, ledger.Level1, "constraint-error",
		ledger.Zh("填报的评价等级与按亩均税收推算的不一致", "请核对等级；按综合评价另有规定的无需改动"),
		ledger.En("the declared grade differs from the one that the tax per mu gives", "check it; leave it if the evaluation says so"))
)

// Yields per 亩: 亩均投资强度, 亩均营业收入, 亩均税收, 亩均增加值.
var (
	FixedPerMu      = Per(LandYield.Fixed, LandYield.Land)
	RevenuePerMu    = Per(LandYield.Revenue, LandYield.Land)
	TaxPerMu        = Per(LandYield.Tax, LandYield.Land)
	AddedValuePerMu = Per(LandYield.AddedValue, LandYield.Land)
)

// creditCode holds of a unified social credit code (GB 32100-2015): 18 digits and letters
// but I, O, S, V and Z, the last of which makes the sum of the others, weighted by powers of
// 3, divisible by 31.
type creditCode struct{ text Text }

const creditSigns = "0123456789ABCDEFGHJKLMNPQRTUWXY"

func (c creditCode) String() string { return c.text.String() + " 为18位且校验位相符" }
func (c creditCode) Judge(e *Env) Outcome {
	code := strings.ToUpper(ledger.Fold(c.text.Of(e.Now)))
	if code == "" {
		return Undecided
	}
	if len(code) != 18 {
		return Fails
	}
	sum, weight := 0, 1
	for i, r := range code {
		value := strings.IndexRune(creditSigns, r)
		switch {
		case value < 0:
			return Fails
		case i == 17:
			weight = 1
		}
		sum += value * weight
		weight = weight * 3 % 31
	}
	return outcome(sum%31 == 0)
}
func (c creditCode) Explain(*Env) string { return "营业执照上的18位代码" }
func (c creditCode) compile(to *compiler) (passes, fails string) {
	cell := to.now(c.text.Column)
	code := "UPPER(SUBSTITUTE(" + cell + `," ",""))`
	terms := make([]string, 18)
	for i, weight := 0, 1; i < 17; i++ {
		terms[i] = fmt.Sprintf("%d*(FIND(MID(%s,%d,1),%s)-1)", weight, code, i+1, quoted(creditSigns))
		weight = weight * 3 % 31
	}
	terms[17] = fmt.Sprintf("FIND(MID(%s,18,1),%s)-1", code, quoted(creditSigns))
	sum := strings.Join(terms, "+")
	stated := to.stated(c.text.Column, cell)
	right := where(and("LEN("+code+")=18", "ISNUMBER("+sum+")"), "MOD("+sum+",31)=0")
	return and(stated, right), and(stated, negated(right))
}

func init() {
	l := &LandYield
	landyield.Entity = l.Name
	landyield.Amount = l.Tax
	l.Name.Identity = true

	grade := func(name string) Quantity { return Setting("landyield."+name, AmountType) }
	landyield.Rules = []Rule{
		{CreditCodeWrong, l.CreditCode.Column, creditCode{l.CreditCode}},
		{NoLand, l.Land.Column, MoreThan(l.Land, None)},
		{TaxOverRevenue, l.Tax.Column, AtMost(l.Tax, l.Revenue)},
		{GradeApart, l.Grade.Column, Given(Is(l.Grade, "A"), AtLeast(TaxPerMu, grade("a")))},
		{GradeApart, l.Grade.Column, Given(Is(l.Grade, "B"), Both(AtLeast(TaxPerMu, grade("b")), Not(AtLeast(TaxPerMu, grade("a")))))},
		{GradeApart, l.Grade.Column, Given(Is(l.Grade, "C"), Both(AtLeast(TaxPerMu, grade("c")), Not(AtLeast(TaxPerMu, grade("b")))))},
		{GradeApart, l.Grade.Column, Given(Is(l.Grade, "D"), Not(AtLeast(TaxPerMu, grade("c"))))},
	}
	landyield.Rules = append(landyield.Rules, notHuge(l.Fixed), notHuge(l.Revenue))
	landyield.Rules = slices.Concat(landyield.Rules, steadySize(landyield), notNegative(landyield, l.Remark))
	landyield.Figures = []Figure{
		counted("landyield.rows", "参评企业（园区）数", "家", CountOf(nil)),
		counted("landyield.land", "参评用地面积（亩）", "亩", TotalOf(l.Land, nil)),
		inMoney("landyield.tax_fen", "参评税收", TotalOf(l.Tax, nil)),
		inMoney("landyield.revenue_fen", "参评主营业务收入", TotalOf(l.Revenue, nil)),
	}
}
