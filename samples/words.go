package samples

import (
	"fmt"
	"strings"

	"huizong/internal/county"
	"huizong/internal/ledger"
)

// A theme is what a kind of office plans: what is built, in words as real lists have them,
// who builds it, at what cost, and where the money would come from.
type theme struct {
	field   string   // 领域
	things  []string // what is built
	content string   // 建设内容; %d is its size
	size    [2]int   // from–to
	owners  []string // 项目单位; {镇} is the town's government
	cost    [2]int   // from–to in 万元
	sources [7]int   // shares of the sources of money, in the form's order
	phases  []string // 形象进度, from the first to the last
}

var (
	buildingPhases = []string{"场地平整", "基础开挖", "基础浇筑", "主体结构施工", "主体封顶", "二次结构及安装", "外立面及室内装修", "室外附属工程", "扫尾及验收准备"}
	linePhases     = []string{"征地及清表", "路基土石方施工", "管涵及挡护施工", "基层铺筑", "桥涵下部结构施工", "面层铺筑", "附属设施安装", "绿化及标线", "扫尾及验收准备"}
	plantPhases    = []string{"场地平整", "厂房基础施工", "钢结构吊装", "厂房围护施工", "设备订货及进场", "设备安装", "单机调试", "联动试车", "试生产"}
	waterPhases    = []string{"施工导流", "堤基开挖", "堤身填筑", "护坡砌筑", "管道铺设", "建筑物混凝土浇筑", "机电设备安装", "岸坡绿化", "扫尾及验收准备"}
)

var themes = map[string]theme{
	"综合": {"基础设施", []string{"粮食储备库建设项目", "应急物资储备中心", "电动汽车充电设施项目", "分布式光伏发电项目", "政务数据中心项目", "天然气储气调峰站", "冷链物流枢纽", "增量配电网项目"},
		"建设用房及设施%d平方米，配套道路、供电、给排水等", [2]int{2000, 30000}, []string{"城固县发展服务中心", "城固样例能源有限公司"}, [2]int{2000, 40000}, [7]int{3, 3, 2, 2, 0, 0, 0},
		buildingPhases},
	"工业": {"产业发展", []string{"航空零部件加工项目", "智能装备制造项目", "中药材精深加工项目", "休闲食品生产线项目", "新型建材生产线项目", "标准化厂房建设项目", "包装材料生产项目", "金属表面处理中心", "电子元器件生产项目",
		"仓储物流园项目", "白酒技改扩能项目", "柑橘果汁加工项目", "医疗器械生产项目", "再生资源利用项目"},
		"新建厂房%d平方米，购置生产设备，配套仓储、办公及环保设施", [2]int{6000, 90000}, []string{"城固样例机械有限公司", "城固样例食品有限公司", "城固样例药业有限公司", "城固样例建材有限公司", "汉中样例装备有限公司",
			"汉中样例电子有限公司"}, [2]int{5000, 120000}, [7]int{0, 0, 0, 0, 4, 6, 0}, plantPhases},
	"教育": {"社会民生", []string{"小学教学楼新建项目", "中心幼儿园新建项目", "初级中学改扩建项目", "中学学生宿舍楼项目", "职业教育实训基地", "全民健身中心", "中学运动场改造项目", "特殊教育学校迁建项目", "教师周转宿舍项目"},
		"新建校舍及用房%d平方米，配套运动场地、围墙、给排水等", [2]int{1500, 20000}, []string{"城固县教育体育局", "城固县教育项目建设中心"}, [2]int{600, 16000}, [7]int{4, 2, 0, 4, 0, 0, 0},
		buildingPhases},
	"民政": {"社会民生", []string{"区域养老服务中心", "敬老院改造提升项目", "公益性公墓项目", "社会福利院扩建项目", "社区日间照料中心", "未成年人保护中心"},
		"建设服务用房%d平方米，设床位及配套设施", [2]int{1200, 12000}, []string{"城固县民政局", "城固县养老服务中心"}, [2]int{500, 9000}, [7]int{5, 1, 0, 4, 0, 0, 0}, buildingPhases},
	"就业": {"社会民生", []string{"人力资源产业园", "公共实训基地", "零工市场及服务站项目", "创业孵化基地"},
		"建设实训及服务用房%d平方米，购置实训设备", [2]int{1500, 9000}, []string{"城固县人才交流服务中心"}, [2]int{800, 9000}, [7]int{4, 2, 0, 4, 0, 0, 0}, buildingPhases},
	"国土": {"生态环保", []string{"土地综合整治项目", "地质灾害治理工程", "历史遗留矿山生态修复项目", "耕地提质改造项目", "增减挂钩复垦项目"},
		"治理面积%d亩，实施土地平整、灌排、护坡等工程", [2]int{300, 6000}, []string{"城固县土地整理中心"}, [2]int{600, 15000}, [7]int{4, 0, 2, 3, 0, 1, 0}, waterPhases},
	"环保": {"生态环保", []string{"农村生活污水治理项目", "饮用水水源地保护工程", "土壤污染治理修复项目", "环境监测能力建设项目", "河流水质提升工程", "工业集聚区污水处理站"},
		"新建管网及处理设施，日处理能力%d立方米", [2]int{300, 9000}, []string{"城固县环境监测站", "城固样例环保有限公司"}, [2]int{800, 24000}, [7]int{4, 2, 2, 2, 0, 0, 0}, waterPhases},
	"住建": {"城市建设", []string{"老旧小区改造项目", "棚户区改造安置房项目", "市政道路新建工程", "雨污分流改造工程", "公共停车场项目", "保障性租赁住房项目", "集中供热管网工程", "燃气管道更新改造工程", "口袋公园建设项目",
		"污水处理厂扩容工程", "地下管网普查及更新工程"},
		"改造建设面积%d平方米，配套道路、管网、绿化、照明等", [2]int{3000, 60000}, []string{"城固县住房保障中心", "城固县市政工程建设处", "城固县城市建设投资集团"}, [2]int{2000, 80000},
		[7]int{3, 3, 1, 2, 1, 0, 0}, buildingPhases},
	"交通": {"基础设施", []string{"县道改造提升工程", "通村公路硬化工程", "公路桥梁新建工程", "农村公路安防工程", "客运站迁建项目", "公路养护应急中心项目", "产业路建设项目", "城区过境公路改线工程", "危桥改造工程"},
		"建设公路%d米，配套路基、路面、排水、防护及安全设施", [2]int{2000, 28000}, []string{"城固县公路管理站", "城固县农村公路养护中心"}, [2]int{900, 60000}, [7]int{4, 3, 1, 2, 0, 0, 0}, linePhases},
	"水利": {"基础设施", []string{"河道综合治理工程", "小型水库除险加固工程", "灌区续建配套工程", "城乡供水一体化工程", "水土保持综合治理项目", "中小河流防洪工程", "山洪灾害防治项目", "农村供水保障工程"},
		"治理河道及渠系%d米，建设堤防、护岸及配套建筑物", [2]int{1500, 30000}, []string{"城固县水利工程建设站", "城固县灌区管理中心"}, [2]int{1200, 45000}, [7]int{5, 2, 2, 1, 0, 0, 0}, waterPhases},
	"农业": {"乡村振兴", []string{"柑橘标准化示范园", "元胡种植加工基地", "猕猴桃产业园", "设施蔬菜基地", "高标准农田建设项目", "畜禽粪污资源化利用项目", "产地冷藏保鲜设施项目", "食用菌产业园", "稻渔综合种养基地", "生猪标准化养殖场",
		"茶叶加工厂改造项目"},
		"建设基地%d亩，配套灌溉、道路、大棚及分拣加工设施", [2]int{200, 6000}, []string{"城固县农业技术推广中心", "城固样例果业有限公司", "城固样例农业发展有限公司"}, [2]int{700, 30000},
		[7]int{4, 1, 0, 2, 1, 2, 0}, plantPhases},
	"林业": {"生态环保", []string{"国家储备林建设项目", "林下经济示范基地", "森林防火能力提升工程", "退化林修复项目", "湿地保护修复工程", "核桃低产林改造项目"},
		"实施面积%d亩，配套作业道路、管护设施", [2]int{800, 20000}, []string{"城固县国有林场", "城固县林业工作站"}, [2]int{600, 30000}, [7]int{5, 0, 0, 2, 3, 0, 0}, waterPhases},
	"文旅": {"产业发展", []string{"乡村旅游示范村项目", "民宿集群项目", "研学实践基地", "露营度假基地", "文化遗址保护利用项目", "旅游集散中心", "非遗展示体验馆", "景区提升改造项目", "文化活动中心"},
		"建设游客服务、展示及住宿设施%d平方米，配套停车、道路、标识等", [2]int{1500, 26000}, []string{"城固县文物旅游服务中心", "城固样例文化旅游有限公司"}, [2]int{1500, 60000},
		[7]int{1, 2, 0, 2, 2, 3, 0}, buildingPhases},
	"卫健": {"社会民生", []string{"卫生院业务用房改造项目", "妇幼保健院能力提升项目", "中医医院康复楼项目", "疾控中心实验室项目", "医养结合服务中心", "急救中心建设项目", "医院住院综合楼项目"},
		"建设业务用房%d平方米，配套医疗设备、污水处理等", [2]int{1200, 26000}, []string{"城固县卫生健康局", "城固县医疗事业发展中心"}, [2]int{800, 36000}, [7]int{4, 3, 0, 3, 0, 0, 0}, buildingPhases},
	"应急": {"社会民生", []string{"应急指挥中心项目", "消防救援站项目", "避难场所建设项目", "应急广播项目"},
		"建设用房及场地%d平方米，购置装备", [2]int{1500, 9000}, []string{"城固县应急管理局"}, [2]int{600, 6000}, [7]int{4, 0, 2, 4, 0, 0, 0}, buildingPhases},
	"城管": {"城市建设", []string{"垃圾分类处理中心", "环卫车辆停保基地", "餐厨垃圾处理项目", "公共厕所新建改造项目", "智慧城管平台项目", "建筑垃圾资源化项目", "城区亮化提升工程"},
		"建设用房及场地%d平方米，购置处理设备及车辆", [2]int{1200, 16000}, []string{"城固县环卫站", "城固样例环保有限公司"}, [2]int{600, 18000}, [7]int{3, 3, 0, 3, 0, 1, 0}, buildingPhases},
	"乡村": {"乡村振兴", []string{"人居环境整治提升项目", "一二三产融合示范园", "农产品交易市场", "农旅融合示范带", "村级光伏电站", "和美乡村建设项目", "乡村道路提升项目", "农产品初加工中心", "集镇污水管网工程", "粮油烘干仓储中心",
		"易地搬迁后续产业园", "中蜂养殖示范基地"},
		"建设设施及场地%d平方米，配套道路、管网、环境整治等", [2]int{1500, 26000}, []string{"{镇}", "{镇}", "城固样例农业发展有限公司"}, [2]int{500, 20000}, [7]int{4, 0, 1, 3, 0, 2, 0},
		buildingPhases},
}

// villages are common names of villages; with a town's name before them they are invented.
var villages = strings.Fields(`青龙 石堰 杨柳 新华 双井 东河 西坡 南沟 桃园 前进 高堰 白杨 枣林 竹园 凤凰 长岭 水磨
	莲塘 黄沙 龙泉 柏树 石桥 新民 团结 红旗 五星 三官 草坝 秧田 梨园 松林 金星 平溪 大堰 小坪 许坝 周湾 陈沟 汪营 谢坪`)

// surnames of people who fill in and answer; their given name is always 样例.
var surnames = strings.Fields("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗")

func person(d *die) string { return pick(d, surnames) + "样例" }

// phone is a number that nobody has.
func phone(d *die) string { return fmt.Sprintf("0916-0000%03d", d.below(1000)) }

// towns are the towns and streets of a county, where projects lie.
func towns(c *county.County) []string {
	var all []string
	for _, unit := range c.Units {
		if unit.Group == "镇街" {
			all = append(all, unit.Name)
		}
	}
	return all
}

// code makes a project code with its check digit, registered in a month by a region.
func code(d *die, year, month int, region string) ledger.ProjectCode {
	groups := []string{fmt.Sprintf("%02d%02d", year%100, month), region, pick(d, []string{"04", "89", "17", "18", "19"}),
		pick(d, []string{"01", "01", "02", "05"}),
		fmt.Sprintf("%05d", d.between(10000, 99999))}
	check := ledger.CheckDigit(strings.Join(groups, ""))
	return ledger.ProjectCode(strings.Join(groups, "-") + string(check))
}

// A site is a project to be: what, where and whose.
type site struct {
	theme                        theme
	name, place, content, owner  string
	town                         string
	contact, phone, leader, task string
}

// A mark is what is a project's own in its name: a place within its town, and words at the end.
type mark struct{ place, end string }

// A planner invents sites, no two of one name.
type planner struct {
	seed    uint64
	county  *county.County
	towns   []string
	leaders []county.Leader
	taken   map[string]bool
}

func newPlanner(seed uint64, c *county.County) *planner {
	return &planner{seed, c, towns(c), c.Leaders, map[string]bool{}}
}

// site invents the site of a project that is known by its question. The town is the unit
// itself where the unit is a town; elsewhere any. The mark stands in the name, which may then
// share its other words with any number.
func (p *planner) site(unit string, m mark, subjects []string, about ...string) site {
	d := roll(p.seed, append(about, unit, m.end)...)
	s := site{theme: themes[pick(d, subjects)], town: unit}
	if at, known := p.county.Unit(unit); !known || at.Group != "镇街" {
		s.town = pick(d, p.towns)
	}
	village, thing := "", ""
	for tries := 0; ; tries++ {
		village, thing = pick(d, villages), pick(d, s.theme.things)
		if !p.taken[s.town+thing] || m.end != "" {
			break
		}
		if !p.taken[village+thing] && tries > 20 {
			break
		}
		if tries%7 == 6 {
			s.theme = themes[pick(d, subjects)]
		}
	}
	p.taken[s.town+thing], p.taken[village+thing] = true, true
	s.name = s.town + m.place + village + thing + m.end
	s.place = s.town + m.place + village + pick(d, []string{"村", "村", "村、周边村组", "社区"})
	s.content = fmt.Sprintf(s.theme.content, d.between(s.theme.size[0]/10, s.theme.size[1]/10)*10)
	s.owner = strings.ReplaceAll(pick(d, s.theme.owners), "{镇}", p.county.Name+strings.TrimSuffix(s.town, "街道")+government(s.town))
	s.contact, s.phone = person(d), phone(d)
	s.leader = pick(d, p.leaders).Name
	s.task = s.theme.field + "专班"
	return s
}

func government(town string) string {
	if strings.HasSuffix(town, "街道") {
		return "街道办事处"
	}
	return "人民政府"
}
