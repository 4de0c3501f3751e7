package naming

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A measure is what a number may number or measure, the longest first where one begins another.
type measure struct {
	word   string
	kind   Kind
	unit   string // of a size, as it is compared
	unless string // what must not follow
}

// measures are read in this order.
var measures = slices.Concat([]measure{
	{"年度", Year, "", ""}, {"年", Year, "", ""},
	{"期", Stage, "", "间"}, {"阶段", Stage, "", ""},
	{"批次", Batch, "", ""}, {"批", Batch, "", ""},
	{"合同段", Section, "", ""}, {"标段", Section, "", ""}, {"分标", Section, "", ""}, {"标", Section, "", "准"}, {"包", Section, "", "装"},
	{"段", Section, "", ""}, {"子项", Section, "", ""}, {"合同", Section, "", ""},
	{"号楼", Number, "", "顶 梯 道"}, {"#楼", Number, "", "顶 梯 道"}, {"号", Number, "", ""}, {"#", Number, "", ""},
	{"组团", Number, "", ""}, {"组", Number, "", ""}, {"区", Number, "", "域"}, {"地块", Number, "", ""}, {"栋", Number, "", ""},
	{"幢", Number, "", ""}, {"院", Number, "", ""}, {"线", Number, "", "品"}, {"座", Number, "", ""},
}, sizes(
	"吨", "吨 T", "亩", "亩", "公顷", "公顷", "公里", "公里 千米 KM", "米", "米 M", "米宽", "米宽",
	"平方米", "平方米 平米 ㎡ M2", "立方米", "立方米 方 M3", "升", "升",
	"千伏", "千伏 KV", "兆瓦", "兆瓦 MW", "千瓦", "千瓦 KW", "MWH", "MWH 兆瓦时", "℃", "度",
	"张", "张床位 张床 床位 张", "人", "人", "户", "户", "头", "头", "羽", "羽 只", "株", "株", "套", "套 台套", "台", "台 辆",
	"件", "件", "块", "块", "孔", "孔", "匹", "匹", "条", "条", "个", "个 处", "级", "级 A级",
))

// sizes are the measures of sizes: for each unit as it is compared the ways to write it.
func sizes(all ...string) []measure {
	var made []measure
	for i := 0; i < len(all); i += 2 {
		for _, word := range strings.Fields(all[i+1]) {
			made = append(made, measure{word, Size, all[i], ""})
		}
	}
	slices.SortStableFunc(made, func(a, b measure) int { return cmp.Compare(len(b.word), len(a.word)) })
	return made
}

// A word is a common word as it is written, as it is spelled, and the usual one of its meaning.
type word struct {
	written, spelled, usual string
	sort                    Sort
}

// A vocabulary finds words by their first character, the longest first.
type vocabulary map[rune][]word

// add reads words of a sort, parted by blanks. Those that mean one thing are parted by =, the usual
// first; spellings of one word are parted by ~.
func (v vocabulary) add(sort Sort, text string) vocabulary {
	for _, group := range strings.Fields(text) {
		usual, _, _ := strings.Cut(strings.Split(group, "=")[0], "~")
		for _, meaning := range strings.Split(group, "=") {
			spellings := strings.Split(meaning, "~")
			for _, written := range spellings {
				first := []rune(written)[0]
				v[first] = append(v[first], word{written, spellings[0], usual, sort})
			}
		}
	}
	for _, words := range v {
		slices.SortStableFunc(words, func(a, b word) int { return cmp.Compare(len(b.written), len(a.written)) })
	}
	return v
}

// longest is the longest word that a text begins with, and how many characters it has; 0 if there is none.
func (v vocabulary) longest(text []rune) (word, int) {
	if len(text) == 0 {
		return word{}, 0
	}
	for _, w := range v[text[0]] {
		if hasPrefix(text, w.written) {
			return w, utf8.RuneCountInString(w.written)
		}
	}
	return word{}, 0
}

// begin reports whether a text begins with a word of two characters or more.
func (v vocabulary) begin(text []rune) bool {
	_, n := v.longest(text)
	return n > 1
}

// genericWords say nothing of which project it is; nor does the name of the county.
var genericWords = vocabulary{}.add(Manner, `
	建设项目 建设工程 工程项目 工程建设项目 工程 项目 建设 施工
	有限责任公司 股份有限公司 集团有限公司 有限公司 集团公司 公司 集团 陕西省 汉中市 陕西 汉中
	及 与 和 暨 之 的 段 至 等
`)

// commonWords are the common words of names of projects, from the published lists of counties: what
// is built, and what is done there. Words that mean one thing in such lists are one.
var commonWords = vocabulary{}.add(Object, `
污水处理厂=污水厂 污水处理站=污水站 污水处理 污水管网=雨污水管网=排污管网 雨污分流 雨水管网 供水管网 供热管网 燃气管网 天然气管网 地下管网 配套管网=管网配套 管网
净水厂=自来水厂=水厂 供水=自来水供水=自来水 饮水安全=安全饮水 人饮 水源地 水库 灌区 泵站 渠道 渠系 农田水利 水利设施
河堤=堤防=防洪堤 护岸 堤坝 河道 中小河流 山洪沟 山洪灾害 防洪 防汛 水土流失 水土保持 小流域 水系 水环境 水生态 湿地 人工湿地 蓄水池 淤地坝 塘坝 水塘
公路=道路=马路 路面 路网 产业路 通村公路=通村道路=通村路 通组公路=通组道路=通组路 村组公路=村组道路 入户路 旅游公路=旅游道路 农村公路=农村道路 市政道路=市政公路 进场道路=进场公路
连接线 匝道 大桥=桥梁 桥 危桥 隧道 涵洞
服务区 停车场=停车位 客运站 公交 火车站 铁路 高铁 枢纽 充电桩=充电站=充电设施 加油站 物流园~物流园区 物流中心 冷链 仓储 货运 通道
学校 小学 中学=初级中学=初中 高中=高级中学 高中部 幼儿园 中心小学=中心校 教学楼 教学综合楼 综合楼 宿舍楼=宿舍=公寓楼 学生宿舍 食堂=餐厅 运动场=操场 体育馆 图书馆 实训基地
实训楼 职业教育 职中 特殊教育 校舍 室外 电梯 围墙 教师周转房=教师周转宿舍 党校
医院=人民医院=县医院 中医医院=中医院 妇幼保健院=妇保院 卫生院 卫生室 门诊楼=门诊大楼 住院楼=住院部大楼 综合住院楼 医技楼 康复楼 疾控中心 急救 医养结合 业务用房 传染病 配电
医疗设备 检验 发热门诊 分院
养老院=敬老院 养老服务中心=养老中心 养老 康养 日间照料 福利院 公墓=公益性公墓 殡仪馆 残疾人 救助 社会福利 老年公寓 护理 未成年人
安置小区=安置房=安置点 保障性住房=保障房 保障性租赁住房=保租房 公租房 棚户区=棚改 老旧小区=老小区 城中村 背街小巷 小区 住宅 易地搬迁=易地扶贫搬迁 移民搬迁 移民 拆迁 征迁 城市更新 片区
综合管廊 管廊 口袋公园 公园 广场 游园 厕所=公厕=公共厕所
高标准农田~高标农田~高标田 农田 土地整治=土地整理 耕地 丘陵山区 示范园=示范区=示范基地 产业园~产业园区=园区=产业基地 工业园~工业园区 农业 种植基地=种植园 养殖场 育苗 大棚 蔬菜
柑桔~柑橘~桔~橘 猕猴桃~弥猴桃 中药材=药材 元胡 茶叶=茶园 食用菌=香菇=木耳 生猪 肉鸡 肉牛 奶牛 粮油 大米 果蔬 果业 水果 冷库=气调库=冷藏库 保鲜 饲料 屠宰 粪污 采摘园 基地
合作社 集体经济 田园综合体 农机 农产品 加工厂 晒场
储备林 造林 林业 森林 退化林 低产林 核桃 林下 矿山 地质灾害=地灾 滑坡 生态 土壤 污染 面源污染 源头 大气 环境 人居环境 垃圾 垃圾处理 垃圾处理厂=垃圾处理场=垃圾填埋场
垃圾中转站=垃圾转运站=垃圾压缩站=垃圾压缩中转站 生活垃圾 建筑垃圾 餐厨垃圾 消纳场 再生资源 循环经济
标准化厂房~标准厂房 厂房 车间 生产线=加工线 装备 航空 零部件 机械 电子 元器件 数控机床 新材料 建材 墙体材料 钢结构 混凝土 水泥 铝合金 模板 纺织 服装 包装 食品 饮料 白酒 医药 医疗
化工 冶炼 新能源 光伏~光伏发电 电站=发电站 风电 储能 变电站 输变电 配电网 农网 电网 天然气 供热 供气 汽车 孵化园 众创 双创
旅游 文化旅游 文旅 景区 度假区 民宿 露营 研学 游客中心=游客服务中心 古镇 古村 遗址 遗址公园 博物馆 文物 文化 文化室 文化中心 文化广场 体育公园 体育中心 体育 健身 非遗
展览馆=展馆 会展 步道 演艺
中心 服务中心 便民服务中心 政务服务 公共服务 指挥中心 数据中心 数字 智慧 平台 城管 消防 消防站=消防救援站 物资储备 储备库 避难场所 派出所 法庭 办公楼=办公用房 业务楼 机关
社会治理 检测中心=检验检测中心 检测 质量安全 市场监管=市监 广播 电商 电子商务 商贸 商贸综合体 综合体 农贸市场=集贸市场=市场 商业 酒店 超市
基础设施=基建 设施 设备 装饰=装修=装饰装修 绿化 亮化 供电线路 设备采购 监理 勘察设计 路灯=太阳能路灯 幸福院=互助幸福院 党群服务中心 活动室 文化大院 挡墙 护坡 排水沟 铁塔 管道 渠 井 机井 拦水坝 晒台 圈舍 烤房 电商中心
`).add(Manner, `
新建 改建 扩建 改扩建 迁建=搬迁=易地新建=整体搬迁 重建 改造=改造提升~提升改造=提升 提档升级=提质升级=升级 提标 扩容 完善 治理=整治=综合治理~综合整治 修缮 加固 防护 配套 开发
综合 整体 一体化 建筑 安装 采购 购置 更换 应急修复 防水 支护 室内 回收 利用 综合利用 乡村振兴 美丽乡村=和美乡村 示范村 示范带 示范 融合 后期扶持 后续扶持 巩固 乡村
农村 村级 集镇 城区 县城 全县 国家级 省级 市级 试点 标准化 小型 中型 大型 大中型 新型 绿色 高效 优质 特色 精品 多功能 现代 现代化 数字化 城乡 等级 延伸 工厂化 规模化
综合性 区域 区域性 处理 防渗 疏浚 连通 拓宽 加宽 改厕 改水 安全生命防护 灾后重建 恢复重建 灾毁恢复 年产 日产 日处理 总 全域 配套设施=附属设施=配套基础设施
维修 维修养护 日常维修 大修 中修 养护 硬化 安防 改线 过境 清淤 引水 灌溉 节水改造 续建配套 除险加固 水毁修复=水毁恢复 水毁 修复 生态修复 保护 保护利用 加工 深加工=精深加工
精密加工 生产 制造 智能制造 分类 收运 处置 资源化 种植 养殖 技改=技术改造 智能化 自动化 信息化 扩能 分拣 烘干 监测 应急 防火 节水
`)
