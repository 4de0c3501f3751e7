package naming

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"huizong/internal/ledger"
)

// reading is a name taken apart as one line: the stem, the words by their sort, the places, the marks.
func reading(n *Name) string {
	line := []string{n.Stem}
	part := func(title string, words ...string) {
		if text := strings.Join(words, " "); text != "" {
			line = append(line, title+"="+strings.ReplaceAll(text, " ", ","))
		}
	}
	for sort, title := range [...]string{Subject: "own", Object: "built", Manner: "done"} {
		var words []string
		for _, w := range n.Words {
			if w.Sort == Sort(sort) {
				words = append(words, w.Text)
			}
		}
		part(title, words...)
	}
	part("town", n.Towns...)
	part("village", n.Villages...)
	for k, mark := range n.Marks {
		part(Kind(k).In(ledger.English), mark)
	}
	return strings.Join(line, " ")
}

// parting is what parts two names; "one" if nothing does and their words are the same.
func parting(a, b *Name) string {
	kind, against := a.Against(b)
	lacks, lacking := a.lacking(b)
	switch {
	case against:
		return "other " + kind.In(ledger.English)
	case lacking:
		return "only one has a " + lacks.In(ledger.English)
	case a.elsewhere(b):
		return "elsewhere"
	case differ(a.Home, b.Home):
		return "at home elsewhere"
	case a.Apart(b):
		return "other remarks"
	case sameWords(a, b):
		return "one"
	}
	return "other words"
}

func sameWords(a, b *Name) bool {
	words := func(n *Name) (all []string) {
		for _, w := range n.Words {
			all = append(all, w.Text)
		}
		slices.Sort(all)
		return all
	}
	return slices.Equal(words(a), words(b))
}

// readings are names and how they read, by what they show.
var readings = []struct {
	shows string
	names [][2]string
}{
	{"the parts of a name", [][2]string{
		{"柳林镇青龙村农村饮水安全工程", "农村饮水安全 built=饮水安全 done=农村 town=柳林镇 village=青龙"},
		{"城东污水处理厂二期工程", "污水处理厂 built=污水处理厂 village=城东 stage=2"},
		{"丽新食品有限公司年产3000吨香菇酱生产线项目", "丽新食品年产香菇酱生产线 own=丽新,酱 built=食品,食用菌,生产线 done=年产 size=3000吨"},
		{"上元观古镇保护开发项目", "古镇保护开发 built=古镇 done=保护,开发 town=上元观镇"},
		{"博望街道莲花社区老旧小区改造", "老旧小区改造 built=老旧小区 done=改造 town=博望街道 village=莲花"},
		{"龙头镇高标准农田建设项目", "高标准农田 built=高标准农田 town=龙头镇"},
		{"金华学校教学综合楼", "金华学校教学综合楼 own=金华 built=学校,教学综合楼"},
		{"湑水河综合治理工程", "湑水河综合治理 own=湑水河 done=治理"},
		{"鑫源农业元胡种植基地", "鑫源农业元胡种植基地 own=鑫源 built=农业,元胡,种植基地"},
		{"天明镇农贸市场改造提升", "农贸市场改造提升 built=农贸市场 done=改造 town=天明镇"},
	}},
	{"stages in all numerals", [][2]string{
		{"物流园一期", "物流园 built=物流园 stage=1"},
		{"物流园1期", "物流园 built=物流园 stage=1"},
		{"物流园Ⅰ期", "物流园 built=物流园 stage=1"},
		{"物流园I期", "物流园 built=物流园 stage=1"},
		{"物流园壹期", "物流园 built=物流园 stage=1"},
		{"物流园第一期", "物流园 built=物流园 stage=1"},
		{"物流园首期", "物流园 built=物流园 stage=1"},
		{"物流园(一期)", "物流园 built=物流园 stage=1"},
		{"物流园项目二期工程", "物流园 built=物流园 stage=2"},
		{"物流园Ⅱ期", "物流园 built=物流园 stage=2"},
		{"物流园II期", "物流园 built=物流园 stage=2"},
		{"物流园贰期", "物流园 built=物流园 stage=2"},
		{"物流园第十二期", "物流园 built=物流园 stage=12"},
		{"物流园Ⅻ期", "物流园 built=物流园 stage=12"},
		{"物流园12期", "物流园 built=物流园 stage=12"},
		{"物流园二、三期", "物流园 built=物流园 stage=2,3"},
		{"物流园二-三期", "物流园 built=物流园 stage=2,3"},
		{"物流园2至3期", "物流园 built=物流园 stage=2,3"},
		{"物流园后期", "物流园 built=物流园 stage=后"},
		{"后期扶持项目", "后期扶持 done=后期扶持"},
		{"物流园一阶段", "物流园 built=物流园 stage=1"},
		{"物流园第二阶段", "物流园 built=物流园 stage=2"},
	}},
	{"sections", [][2]string{
		{"滨江路改造一标段", "滨江路改造 own=滨江路 done=改造 section=1"},
		{"滨江路改造第二合同段", "滨江路改造 own=滨江路 done=改造 section=2"},
		{"滨江路改造A包", "滨江路改造 own=滨江路 done=改造 section=A"},
		{"滨江路改造B标", "滨江路改造 own=滨江路 done=改造 section=B"},
		{"滨江路改造甲标段", "滨江路改造 own=滨江路 done=改造 section=甲"},
		{"滨江路改造(3标)", "滨江路改造 own=滨江路 done=改造 section=3"},
		{"滨江路改造第四标段", "滨江路改造 own=滨江路 done=改造 section=4"},
		{"滨江路改造1、2标段", "滨江路改造 own=滨江路 done=改造 section=1,2"},
		{"滨江路改造Ⅲ标段", "滨江路改造 own=滨江路 done=改造 section=3"},
		{"滨江路改造二子项", "滨江路改造 own=滨江路 done=改造 section=2"},
		{"滨江路改造合同1", "滨江路改造合同 own=滨江路,合同 done=改造 number=1"},
		{"标准化厂房建设", "标准化厂房 built=标准化厂房"},
		{"包装生产线", "包装生产线 built=包装,生产线"},
		{"钢结构二包装车间", "钢结构二包装车间 own=二 built=钢结构,包装,车间"},
	}},
	{"numbers", [][2]string{
		{"标准化厂房1#", "标准化厂房 built=标准化厂房 number=1"},
		{"标准化厂房1号", "标准化厂房 built=标准化厂房 number=1"},
		{"标准化厂房一号楼", "标准化厂房 built=标准化厂房 number=1"},
		{"标准化厂房2#楼", "标准化厂房 built=标准化厂房 number=2"},
		{"标准化厂房(二)", "标准化厂房 built=标准化厂房 number=2"},
		{"标准化厂房第一", "标准化厂房 built=标准化厂房 number=1"},
		{"安置小区二区", "安置小区 built=安置小区 number=2"},
		{"安置小区三、四组", "安置小区 built=安置小区 number=3,4"},
		{"金盆村二组道路硬化", "道路硬化 built=公路 done=硬化 village=金盆 number=2"},
		{"第一中学", "中学 built=中学 number=1"},
		{"第二小学运动场", "小学运动场 built=小学,运动场 number=2"},
		{"一中教学楼", "中教学楼 built=中学,教学楼 number=1"},
		{"城关二小食堂", "城关小食堂 own=城关 built=小学,食堂 number=2"},
		{"第三水厂", "水厂 built=净水厂 number=3"},
		{"A区停车场", "停车场 built=停车场 number=A"},
		{"5号地块", "地块 own=地块 number=5"},
		{"二级公路改造", "公路改造 built=公路 done=改造 size=2级"},
		{"三级医院", "医院 built=医院 size=3级"},
		{"1号、2号渠", "渠 built=渠 number=1,2"},
		{"七一水库", "七一水库 own=七一 built=水库"},
		{"五一路", "五一路 own=五一路"},
		{"八一希望小学", "八一希望小学 own=八一希望 built=小学"},
		{"三合镇防洪工程", "防洪 built=防洪 town=三合镇"},
		{"三里店安置小区", "三里店安置小区 own=三里店 built=安置小区"},
		{"二号桥", "桥 built=桥 number=2"},
		{"万亩茶园", "万亩茶园 own=万亩 built=茶叶"},
		{"第", "第 own=第"},
		{"中学第", "中学第 own=第 built=中学"},
	}},
	{"sides", [][2]string{
		{"安置小区东区", "安置小区 built=安置小区 side=东区"},
		{"安置小区西南片区", "安置小区 built=安置小区 side=西南片区"},
		{"湑水河左岸护岸", "湑水河护岸 own=湑水河 built=护岸 side=左岸"},
		{"湑水河右岸堤防", "湑水河堤防 own=湑水河 built=河堤 side=右岸"},
		{"湑水河上段治理", "湑水河治理 own=湑水河 done=治理 side=上段"},
		{"汉江北岸", "汉江 own=汉江 side=北岸"},
		{"滨江路东段", "滨江路 own=滨江路 side=东段"},
		{"滨江路南侧", "滨江路 own=滨江路 side=南侧"},
		{"学校下半年修缮", "学校修缮 built=学校 done=修缮 side=下半年"},
		{"学校上半年修缮", "学校修缮 built=学校 done=修缮 side=上半年"},
		{"敬老院北院", "敬老院 built=养老院 side=北院"},
		{"城东小学", "小学 built=小学 village=城东"},
		{"城南棚户区改造", "棚户区改造 built=棚户区 done=改造 village=城南"},
		{"东区县城管网", "东区县城管网 own=东区 built=管网 done=县城"},
		{"西区域医疗中心", "西区域医疗中心 own=西 built=医疗,中心 done=区域"},
		{"中期维修", "维修 done=维修 stage=中"},
		{"东门广场", "广场 built=广场 side=东门"},
		{"内环道路", "道路 built=公路 side=内环"},
		{"中医院门诊楼", "中医院门诊楼 built=中医医院,门诊楼"},
		{"南门诊部", "南门诊部 own=南门诊部"},
	}},
	{"years", [][2]string{
		{"2024年农村公路养护", "农村公路养护 built=农村公路 done=养护 year=2024"},
		{"2024年度农村公路养护", "农村公路养护 built=农村公路 done=养护 year=2024"},
		{"二〇二四年农村公路养护", "农村公路养护 built=农村公路 done=养护 year=2024"},
		{"农村公路养护(2024年)", "农村公路养护 built=农村公路 done=养护 year=2024"},
		{"2023-2024年农村公路养护", "农村公路养护 built=农村公路 done=养护 year=2023,2024"},
		{"2023、2024年农村公路养护", "农村公路养护 built=农村公路 done=养护 year=2023,2024"},
		{"2024农村公路养护", "农村公路养护 built=农村公路 done=养护 year=2024"},
		{"24年农村公路养护", "24年农村公路养护 own=24年 built=农村公路 done=养护"},
	}},
	{"batches", [][2]string{
		{"2024年第一批道路硬化", "道路硬化 built=公路 done=硬化 year=2024 batch=1"},
		{"道路硬化第三批次", "道路硬化 built=公路 done=硬化 batch=3"},
		{"道路硬化二批", "道路硬化 built=公路 done=硬化 batch=2"},
		{"一批高标准农田", "高标准农田 built=高标准农田 batch=1"},
	}},
	{"chainage", [][2]string{
		{"S224线K12+300-K15+500段水毁修复", "水毁修复 done=水毁修复 chainage=K12+300-K15+500 road=S224"},
		{"X311线K3+100-+800养护", "养护 done=养护 chainage=K3+100-+800 road=X311"},
		{"G244线K12养护", "养护 done=养护 chainage=K12 road=G244"},
		{"K型护栏", "K型护栏 own=K型护栏"},
	}},
	{"roads", [][2]string{
		{"S224线改线", "改线 done=改线 road=S224"},
		{"省道224线改线", "改线 done=改线 road=S224"},
		{"224省道改线", "改线 done=改线 road=S224"},
		{"省道S224线改线", "改线 done=改线 road=S224"},
		{"S224改线", "改线 done=改线 road=S224"},
		{"国道108养护", "养护 done=养护 road=G108"},
		{"108国道养护", "养护 done=养护 road=G108"},
		{"X202县道安防", "安防 done=安防 road=X202"},
		{"乡道Y015大修", "大修 done=大修 road=Y015"},
		{"村道C512安全生命防护", "安全生命防护 done=安全生命防护 road=C512"},
		{"G5高速连接线", "高速连接线 own=高速 built=连接线 road=G5"},
		{"C30混凝土路面", "C30混凝土路面 own=C30 built=混凝土,路面"},
		{"5G基站", "5G基站 own=5G基站"},
		{"五省道路联网", "五省道路联网 own=五省,联网 built=公路"},
	}},
	{"sizes", [][2]string{
		{"粮油加工8万吨", "粮油加工 built=粮油 done=加工 size=80000吨"},
		{"粮油加工80000吨", "粮油加工 built=粮油 done=加工 size=80000吨"},
		{"粮油加工四万吨", "粮油加工 built=粮油 done=加工 size=40000吨"},
		{"粮油加工4万吨", "粮油加工 built=粮油 done=加工 size=40000吨"},
		{"粮油加工5.0万吨", "粮油加工 built=粮油 done=加工 size=50000吨"},
		{"粮油加工5万吨", "粮油加工 built=粮油 done=加工 size=50000吨"},
		{"粮油加工0.5亿吨", "粮油加工 built=粮油 done=加工 size=50000000吨"},
		{"110千伏输变电", "输变电 built=输变电 size=110千伏"},
		{"110KV输变电", "输变电 built=输变电 size=110千伏"},
		{"光伏30兆瓦", "光伏 built=光伏 size=30兆瓦"},
		{"光伏30MW", "光伏 built=光伏 size=30兆瓦"},
		{"养老院200张床位", "养老院 built=养老院 size=200张"},
		{"养老院200张", "养老院 built=养老院 size=200张"},
		{"高标准农田1.2万亩", "高标准农田 built=高标准农田 size=12000亩"},
		{"高标准农田12000亩", "高标准农田 built=高标准农田 size=12000亩"},
		{"生猪3000头", "生猪 built=生猪 size=3000头"},
		{"肉鸡十万羽", "肉鸡 built=肉鸡 size=100000羽"},
		{"道路15公里", "道路 built=公路 size=15公里"},
		{"道路15KM", "道路 built=公路 size=15公里"},
		{"厂房3000平方米", "厂房 built=厂房 size=3000平方米"},
		{"厂房3000㎡", "厂房 built=厂房 size=3000平方米"},
		{"水库500方", "水库 built=水库 size=500立方米"},
		{"5A级景区", "景区 built=景区 size=5级"},
		{"年产2万件服装", "年产服装 built=服装 done=年产 size=20000件"},
		{"日处理300吨垃圾", "日处理垃圾 built=垃圾 done=日处理 size=300吨"},
		{"六米宽道路", "道路 built=公路 size=6米宽"},
		{"1000立方米蓄水池", "蓄水池 built=蓄水池 size=1000立方米"},
	}},
	{"towns, full and short", [][2]string{
		{"柳林镇道路硬化", "道路硬化 built=公路 done=硬化 town=柳林镇"},
		{"柳林道路硬化", "道路硬化 built=公路 done=硬化 town=柳林镇"},
		{"柳林青龙村道路硬化", "道路硬化 built=公路 done=硬化 town=柳林镇 village=青龙"},
		{"博望办事处道路硬化", "道路硬化 built=公路 done=硬化 town=博望街道"},
		{"柳林镇至文川镇公路", "公路 built=公路 town=文川镇,柳林镇"},
		{"柳林至文川公路", "公路 built=公路 town=文川镇,柳林镇"},
		{"环线柳林段", "环线 own=环线 town=柳林镇"},
		{"柳林路改造", "柳林路改造 own=柳林路 done=改造"},
		{"龙头山绿化", "龙头山绿化 own=龙头山 built=绿化"},
		{"小河治理", "治理 done=治理 town=小河镇"},
		{"小河镇治理", "治理 done=治理 town=小河镇"},
		{"原公过境段改线", "过境改线 done=过境,改线 town=原公镇"},
		{"二里山洪沟治理", "山洪沟治理 built=山洪沟 done=治理 town=二里镇"},
		{"文川河治理", "文川河治理 own=文川河 done=治理"},
		{"学校柳林分院", "学校柳林分院 own=柳林 built=学校,分院"},
		{"柳林镇、老庄镇供水管网", "供水管网 built=供水管网 town=柳林镇,老庄镇"},
		{"三合循环经济产业园", "循环经济产业园 built=循环经济,产业园 town=三合镇"},
		{"双溪镇双溪村", " town=双溪镇 village=双溪"},
	}},
	{"villages, and what is none", [][2]string{
		{"青龙村道路硬化", "道路硬化 built=公路 done=硬化 village=青龙"},
		{"柳林镇青龙村", " town=柳林镇 village=青龙"},
		{"文川镇李家营村村级光伏电站", "村级光伏电站 built=光伏,电站 done=村级 town=文川镇 village=李家营"},
		{"文川镇李家营村村组道路硬化", "村组道路硬化 built=村组公路 done=硬化 town=文川镇 village=李家营"},
		{"柳林镇青龙、白云村道路硬化", "道路硬化 built=公路 done=硬化 town=柳林镇 village=白云,青龙"},
		{"柳林镇青龙村、白云村道路硬化", "道路硬化 built=公路 done=硬化 town=柳林镇 village=白云,青龙"},
		{"柳林镇青龙村至白云村通村公路", "通村公路 built=通村公路 town=柳林镇 village=白云,青龙"},
		{"柳林镇农村改厕", "农村改厕 done=农村,改厕 town=柳林镇"},
		{"柳林镇移民新村污水处理站", "移民新村污水处理站 own=新村 built=移民,污水处理站 town=柳林镇"},
		{"柳林镇城中村改造", "城中村改造 built=城中村 done=改造 town=柳林镇"},
		{"柳林镇通村公路", "通村公路 built=通村公路 town=柳林镇"},
		{"柳林镇美丽乡村建设", "美丽乡村 done=美丽乡村 town=柳林镇"},
		{"柳林镇各村路灯", "各村路灯 own=各村 built=路灯 town=柳林镇"},
		{"柳林镇三个村饮水安全", "村饮水安全 own=村 built=饮水安全 town=柳林镇 size=3个"},
		{"柳林镇重点村旅游开发", "重点村旅游开发 own=重点村 built=旅游 done=开发 town=柳林镇"},
		{"柳林镇行政村亮化", "行政村亮化 own=行政村 built=亮化 town=柳林镇"},
		{"柳林镇青龙社区日间照料中心", "日间照料中心 built=日间照料,中心 town=柳林镇 village=青龙"},
		{"柳林镇青龙社区村安置点", "安置点 built=安置小区 town=柳林镇 village=青龙"},
		{"古村保护", "古村保护 built=古村 done=保护"},
		{"2024年青龙村改厕", "改厕 done=改厕 village=青龙 year=2024"},
		{"传统村落保护", "传统村落保护 own=传统村落 done=保护"},
		{"柳林镇张家湾村二组护坡", "护坡 built=护坡 town=柳林镇 village=张家湾 number=2"},
	}},
	{"remarks that say nothing", [][2]string{
		{"物流园(专项债)", "物流园 built=物流园"},
		{"物流园(专项债券)", "物流园 built=物流园"},
		{"物流园EPC总承包", "物流园 built=物流园"},
		{"物流园设计施工总承包", "物流园 built=物流园"},
		{"物流园(EPC)", "物流园 built=物流园"},
		{"物流园(总投资1.0亿元)", "物流园 built=物流园"},
		{"物流园总投资5000万元", "物流园 built=物流园"},
		{"物流园(650万元)", "物流园 built=物流园"},
		{"物流园(签约)", "物流园 built=物流园"},
		{"物流园(重点)", "物流园 built=物流园"},
		{"物流园(中央预算内)", "物流园 built=物流园"},
		{"物流园(以工代赈)", "物流园 built=物流园"},
		{"物流园PPP模式", "物流园 built=物流园"},
		{"EPC总承包", "EPC总承包 own=EPC,承包 done=总"},
	}},
	{"quotes and signs", [][2]string{
		{"《物流园》改造", "物流园改造 built=物流园 done=改造"},
		{"「物流园」改造", "物流园改造 built=物流园 done=改造"},
		{"\"物流园\"改造", "物流园改造 built=物流园 done=改造"},
		{"“油返砂”整治", "油返砂整治 own=油返砂 done=治理"},
		{"物流园、停车场", "物流园停车场 built=物流园,停车场"},
		{"物流园-停车场", "物流园停车场 built=物流园,停车场"},
		{"物流园/停车场", "物流园停车场 built=物流园,停车场"},
		{"物流园+停车场", "物流园停车场 built=物流园,停车场"},
		{"物流园·停车场", "物流园停车场 built=物流园,停车场"},
	}},
	{"parts behind their whole", [][2]string{
		{"河道清淤工程-配套工程子项", "河道清淤 built=河道 done=清淤 section=配套工程"},
		{"河道清淤工程-护岸子项目", "河道清淤 built=河道 done=清淤 section=护岸"},
		{"河道清淤工程(护岸部分)", "河道清淤 built=河道 done=清淤 section=护岸"},
		{"河道清淤工程-护岸单项工程", "河道清淤 built=河道 done=清淤 section=护岸"},
		{"河道清淤工程-护岸", "河道清淤护岸 built=河道,护岸 done=清淤"},
	}},
	{"words of one meaning", [][2]string{
		{"湑水河桔园道路改造提升工程", "湑水河柑桔园道路改造提升 own=湑水河,园 built=柑桔,公路 done=改造"},
		{"湑水河橘园公路改造项目", "湑水河柑桔园公路改造 own=湑水河,园 built=柑桔,公路 done=改造"},
		{"金山污水厂提标", "金山污水厂提标 own=金山 built=污水处理厂 done=提标"},
		{"金山污水处理厂提标", "金山污水处理厂提标 own=金山 built=污水处理厂 done=提标"},
		{"城西自来水厂扩容", "自来水厂扩容 built=净水厂 done=扩容 village=城西"},
		{"城西水厂扩容", "水厂扩容 built=净水厂 done=扩容 village=城西"},
		{"柑橘采摘园", "柑桔采摘园 built=柑桔,采摘园"},
		{"柑桔采摘园", "柑桔采摘园 built=柑桔,采摘园"},
		{"县医院迁建", "县医院迁建 built=医院 done=迁建"},
		{"人民医院搬迁", "人民医院搬迁 built=医院 done=迁建"},
	}},
	{"names that are nothing but common words", [][2]string{
		{"建设项目", "建设项目 done=建设项目"},
		{"工程", "工程 done=工程"},
		{"基础设施建设项目", "基础设施 built=基础设施"},
		{"道路硬化", "道路硬化 built=公路 done=硬化"},
		{"项目(一期)", "项目 done=项目 stage=1"},
		{"柳林镇工程", " town=柳林镇"},
		{"综合楼", "综合楼 built=综合楼"},
		{"2024年项目", "项目 done=项目 year=2024"},
	}},
	{"blanks, Latin, long", [][2]string{
		{"", ""},
		{"   ", ""},
		{"IT产业园", "IT产业园 own=IT built=产业园"},
		{"vivo手机壳厂", "VIVO手机壳厂 own=VIVO手机壳厂"},
		{"ABC公司厂房", "ABC厂房 own=ABC built=厂房"},
		{"LED照明生产线", "LED照明生产线 own=LED照明 built=生产线"},
		{"X光机采购", "X光机采购 own=X光机 done=采购"},
		{"K", "K own=K"},
		{"#", "# own=#"},
		{"()", "() own=()"},
		{"，。", ",。 own=,。"},
	}},
	{"names that look like something else", [][2]string{
		{"柳林镇四方村道路硬化", "道路硬化 built=公路 done=硬化 town=柳林镇 village=四方"},
		{"柳林镇九条沟护岸", "九条沟护岸 own=九条沟 built=护岸 town=柳林镇"},
		{"和平小学综合楼", "和平小学综合楼 own=和平 built=小学,综合楼"},
		{"柳林镇和平村饮水安全", "饮水安全 built=饮水安全 town=柳林镇 village=和平"},
		{"柳林镇青龙村和白云村渠道", "渠道 built=渠道 town=柳林镇 village=白云,青龙"},
		{"南门社区养老服务中心", "养老服务中心 built=养老服务中心 village=南门"},
		{"柳林镇上院村厕所", "厕所 built=厕所 town=柳林镇 village=上院"},
		{"园区内环境整治", "园区内环境整治 own=内 built=产业园,环境 done=治理"},
		{"东厂房改造", "东厂房改造 own=东 built=厂房 done=改造"},
		{"十四五期间农村公路", "十四五期间农村公路 own=十四五期间 built=农村公路"},
		{"西门市场", "西门市场 own=西门 built=农贸市场"},
		{"A地块安置房", "安置房 built=安置小区 number=A"},
		{"标准化厂房1号楼改造", "标准化厂房改造 built=标准化厂房 done=改造 number=1"},
		{"G316国道改线", "改线 done=改线 road=G316"},
		{"2024县道养护", "县道养护 own=县道 done=养护 year=2024"},
		{"S316省道大修", "大修 done=大修 road=S316"},
		{"X5区管网", "X管网 own=X built=管网 number=5"},
		{"智慧社区平台", "智慧社区平台 own=社区 built=智慧,平台"},
		{"柳林镇小康村路灯", "小康村路灯 own=小康村 built=路灯 town=柳林镇"},
		{"三、四期", "三、四期 own=三、四期 stage=3,4"},
		{"物流园1-3号", "物流园 built=物流园 number=1,2,3"},
		{"物流园1至20号", "物流园 built=物流园 number=1-20"},
		{"滨江路改造一、二、三标段", "滨江路改造 own=滨江路 done=改造 section=1,2,3"},
		{"金盆村一组、二组道路硬化", "道路硬化 built=公路 done=硬化 village=金盆 number=1,2"},
		{"2023-24年农村公路", "农村公路 built=农村公路 year=2023-24"},
		{"2023年、2024年农村公路", "农村公路 built=农村公路 year=2023,2024"},
		{"物流园0.50万平方米", "物流园 built=物流园 size=5000平方米"},
		{"物流园3万亿平方米", "物流园 built=物流园 size=3000000000000平方米"},
		{"物流园12345678901234567890号", "物流园 built=物流园 number=12345678901234567890"},
		{"第三产业发展", "产业发展 own=产业发展 number=3"},
		{"湑水河两岸整治", "湑水河两岸整治 own=湑水河两岸 done=治理"},
		{"老庄镇人民政府办公楼", "人民政府办公楼 own=人民政府 built=办公楼 town=老庄镇"},
		{"三合至二里公路", "公路 built=公路 town=三合镇,二里镇"},
		{"龙头镇中心小学教学楼", "中心小学教学楼 built=中心小学,教学楼 town=龙头镇"},
		{"柳林镇集镇污水管网", "集镇污水管网 built=污水管网 done=集镇 town=柳林镇"},
		{"砖窑村5组至8组道路硬化", "道路硬化 built=公路 done=硬化 village=砖窑 number=5,6,7,8"},
		{"砖窑村5至8组道路硬化", "道路硬化 built=公路 done=硬化 village=砖窑 number=5,6,7,8"},
		{"2023年至2025年农村公路", "农村公路 built=农村公路 year=2023,2024,2025"},
		{"物流园二期至冷库", "物流园冷库 built=物流园,冷库 stage=2"},
		{"航空零件热表处理中心", "航空零件热表处理中心 own=零件热表 built=航空,中心 done=处理"},
		{"二〇二四年零散农户改厕", "零散农户改厕 own=零散农户 done=改厕 year=2024"},
		{"中心村电网改造", "中心村电网改造 own=村 built=中心,电网 done=改造"},
		{"城市社区服务中心", "城市社区服务中心 own=城市社区 built=服务中心"},
		{"城固恒通食品厂房", "恒通食品厂房 own=恒通 built=食品,厂房"},
	}},
}

func TestRead(t *testing.T) {
	for _, group := range readings {
		t.Run(group.shows, func(t *testing.T) {
			for _, test := range group.names {
				if got := reading(chenggu.Read(ledger.Fold(test[0]))); got != test[1] {
					t.Errorf("%s reads\n\t%s, want\n\t%s", test[0], got, test[1])
				}
			}
		})
	}
}

// A name of any length reads, in time that does not grow with its square.
func TestReadLong(t *testing.T) {
	part := "柳林镇青龙村农村饮水安全工程、"
	n := chenggu.Read(strings.Repeat(part, 2000) + "二期")
	if len(n.Words) != 4000 || len(n.Towns) != 1 || len(n.Villages) != 1 || n.Marks[Stage] != "2" {
		t.Errorf("%d words, towns %v, villages %v, stage %q", len(n.Words), n.Towns, n.Villages, n.Marks[Stage])
	}
}

// parted are pairs of names and what parts them, by what they show.
var parted = []struct {
	shows string
	pairs [][3]string
}{
	{"how they are written", [][3]string{
		{"物流园一期", "物流园Ⅰ期项目", "one"},
		{"物流园二期", "物流园(第2期)", "one"},
		{"物流园第十二期", "物流园Ⅻ期", "one"},
		{"物流园二、三期", "物流园2-3期", "one"},
		{"滨江路改造一标段", "滨江路改造(1标)", "one"},
		{"滨江路改造第二合同段", "滨江路改造二标段", "one"},
		{"标准化厂房4#", "标准厂房4号楼", "one"},
		{"金盆村三、四组道路硬化", "金盆村三组、四组道路硬化", "one"},
		{"第一中学宿舍楼", "一中宿舍楼", "one"},
		{"2024年农村公路养护", "农村公路养护(2024年)", "one"},
		{"2024年农村公路养护", "2024农村公路养护", "one"},
		{"2024年农村公路养护", "二〇二四年度农村公路养护", "one"},
		{"第三批道路硬化", "道路硬化3批次", "one"},
		{"S224线大修", "省道224线大修工程", "one"},
		{"G316国道改线", "316国道改线", "one"},
		{"K12-K15段养护", "K12—K15养护", "one"},
		{"粮油加工8万吨", "粮油加工80000吨", "one"},
		{"粮油加工四万吨", "粮油加工4万T", "one"},
		{"粮油加工5.0万吨", "粮油加工5万吨", "one"},
		{"厂房3000平米", "厂房3000㎡", "one"},
		{"110千伏变电站", "110KV变电站", "one"},
		{"柳林镇道路硬化", "柳林道路硬化", "one"},
		{"博望街道停车场", "博望办事处停车场", "one"},
		{"三合镇至二里镇公路", "三合至二里公路", "one"},
		{"柳林镇青龙村、白云村渠道", "柳林镇白云、青龙村渠道", "one"},
		{"柳林镇青龙村渠道", "青龙村渠道", "one"},
		{"柳林镇青龙村渠道", "柳林镇渠道", "one"},
		{"物流园", "物流园(专项债)", "one"},
		{"物流园", "物流园EPC总承包", "one"},
		{"物流园", "物流园(总投资1.0亿元)", "one"},
		{"《物流园》停车场", "物流园停车场", "one"},
		{"汉中锦泰建材厂房", "锦泰建材厂房", "one"},
		{"物流园首批", "物流园第一批", "one"},
		{"柳林镇青龙村、白云村渠道", "柳林镇青龙村渠道", "one"},
		{"滨江路道路改造提升工程", "滨江路公路改造项目", "one"},
		{"金山污水处理厂", "金山污水厂", "one"},
		{"龙头镇污水处理厂及配套管网", "龙头镇配套管网及污水处理厂", "one"},
		{"柑橘采摘园", "柑桔采摘园", "one"},
		{"弥猴桃基地", "猕猴桃基地", "one"},
		{"高标准农田", "高标田", "one"},
		{"张骞墓景区治理", "张骞墓景区综合整治", "one"},
		{"2024年物流园", "物流园", "one"},
		{"粮油加工8万吨", "粮油加工", "one"},
		{"S224线大修", "大修", "one"},
		{"K12-K15段养护", "养护", "one"},
		{"建设项目", "建设项目", "one"},
		{"砖窑村5组至8组道路硬化", "砖窑村5、6、7、8组道路硬化", "one"},
		{"城固恒通食品厂房", "恒通食品厂房", "one"},
	}},
	{"what parts them", [][3]string{
		{"物流园一期", "物流园二期", "other stage"},
		{"物流园一期", "物流园", "only one has a stage"},
		{"物流园前期", "物流园后期", "other stage"},
		{"物流园二期", "物流园二、三期", "other stage"},
		{"滨江路改造A包", "滨江路改造B包", "other section"},
		{"滨江路改造一标段", "滨江路改造", "only one has a section"},
		{"河道清淤-配套工程子项", "河道清淤-护岸子项", "other section"},
		{"河道清淤-配套工程子项", "河道清淤", "only one has a section"},
		{"标准化厂房1#", "标准化厂房2#", "other number"},
		{"标准化厂房1-3号", "标准化厂房1号", "other number"},
		{"第一中学", "第二中学", "other number"},
		{"一中教学楼", "二中教学楼", "other number"},
		{"金盆村二组道路硬化", "金盆村道路硬化", "only one has a number"},
		{"安置小区东区", "安置小区西区", "other side"},
		{"安置小区东区", "安置小区", "only one has a side"},
		{"湑水河左岸", "湑水河右岸", "other side"},
		{"学校上半年修缮", "学校下半年修缮", "other side"},
		{"2023年农村公路", "2024年农村公路", "other year"},
		{"2023年农村公路", "2023-2025年农村公路", "other year"},
		{"第一批道路硬化", "第二批道路硬化", "other batch"},
		{"道路硬化二批", "道路硬化", "only one has a batch"},
		{"K12-K15段养护", "K16-K18段养护", "other chainage"},
		{"S224线大修", "S316线大修", "other road"},
		{"国道316养护", "省道316养护", "other road"},
		{"粮油加工8万吨", "粮油加工5万吨", "other size"},
		{"粮油加工8吨", "粮油加工8亩", "other size"},
		{"二级公路改造", "三级公路改造", "other size"},
		{"柳林镇道路硬化", "老庄镇道路硬化", "elsewhere"},
		{"青龙村渠道", "白云村渠道", "elsewhere"},
		{"柳林镇青龙村渠道", "柳林镇白云村渠道", "elsewhere"},
		{"柳林镇青龙、白云村渠道", "柳林镇红星村渠道", "elsewhere"},
		{"城东小学", "城西小学", "elsewhere"},
		{"青龙社区停车场", "白云社区停车场", "elsewhere"},
		{"四方村渠道", "三官村渠道", "elsewhere"},
		{"柳林镇青龙村、白云村渠道", "柳林镇青龙村、红星村渠道", "elsewhere"},
		{"青龙村至白云村联网路", "青龙村至红星村联网路", "elsewhere"},
		{"柳林镇青龙村标准化村卫生室", "柳林镇白云村标准化村卫生室", "elsewhere"},
		{"柳林镇青龙村空心村整治", "柳林镇白云村空心村整治", "elsewhere"},
		{"柳林镇至老庄镇公路", "柳林镇至文川镇公路", "elsewhere"},
		{"物流园首批", "物流园第二批", "other batch"},
		{"东干渠衬砌", "西干渠衬砌", "other side"},
		{"汉中锦泰建材厂房", "陕西锦泰建材厂房", "at home elsewhere"},
		{"物流园(续建)", "物流园(新建)", "other remarks"},
		{"物流园(650万元)", "物流园(320万元)", "other remarks"},
	}},
	{"nothing parts, but words are others", [][3]string{
		{"湑水河治理", "汉江治理", "other words"},
		{"滨江路改造", "滨江路绿化", "other words"},
		{"金华学校宿舍楼", "金华学校食堂", "other words"},
		{"青龙村道路", "青龙村渠道", "other words"},
		{"建设项目", "工程", "other words"},
		{"标准化厂房", "标准化厂房配电", "other words"},
		{"柳林镇卫生院", "柳林镇中心小学", "other words"},
		{"和平路改造", "和谐路改造", "other words"},
	}},
}

func TestApart(t *testing.T) {
	for _, group := range parted {
		t.Run(group.shows, func(t *testing.T) {
			for _, test := range group.pairs {
				a, b := chenggu.Read(ledger.Fold(test[0])), chenggu.Read(ledger.Fold(test[1]))
				if there, back := parting(a, b), parting(b, a); there != test[2] || back != test[2] {
					t.Errorf("%s｜%s: %s and back %s, want %s\n\t%s\n\t%s", test[0], test[1], there, back, test[2], reading(a), reading(b))
				}
			}
		})
	}
}

// No common word is listed twice, and none is out of reach behind a number or a word that says
// nothing.
func TestVocabulary(t *testing.T) {
	seen := map[string]bool{}
	for _, words := range commonWords {
		for _, w := range words {
			if seen[w.written] {
				t.Errorf("%s is listed twice", w.written)
			}
			seen[w.written] = true
			if got := (&Gazetteer{}).Read(w.written).Words; !slices.Equal(got, []Word{{w.usual, w.sort}}) {
				t.Errorf("%s reads as %v", w.written, got)
			}
		}
	}
}

// spelledOtherwise are the characters that a stem may have and its name does not: of words that are
// written in several ways.
func spelledOtherwise() string {
	var all strings.Builder
	for _, words := range commonWords {
		for _, w := range words {
			if w.written != w.spelled {
				all.WriteString(w.spelled)
			}
		}
	}
	return all.String()
}

// Whatever the text: a stem has no character that the text has not, but for usual spellings; reading
// depends on nothing else, quotes mean nothing, and nothing parts a name from itself.
func FuzzRead(f *testing.F) {
	for _, group := range readings {
		for _, test := range group.names {
			f.Add(test[0])
		}
	}
	otherwise := spelledOtherwise()
	f.Fuzz(func(t *testing.T, text string) {
		text = ledger.Fold(text)
		n := chenggu.Read(text)
		for _, r := range n.Stem {
			if !strings.ContainsRune(strings.ToUpper(text)+text+otherwise, r) {
				t.Fatalf("%q: the stem %q has %q", text, n.Stem, r)
			}
		}
		if again := chenggu.Read(text); !reflect.DeepEqual(n, again) {
			t.Fatalf("%q: %v and then %v", text, n, again)
		}
		if quoted := chenggu.Read("「" + text + "」"); quoted.Marks != n.Marks {
			t.Fatalf("%q: marks %q, in quotes %q", text, n.Marks, quoted.Marks)
		}
		if n.Apart(n) {
			t.Fatalf("%q is apart from itself", text)
		}
	})
}
