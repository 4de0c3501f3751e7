package form

import "strings"

// Places that money comes from, as words for where they lie. Those of Shaanxi are all cities and
// the counties of Hanzhong; of the rest of the country all provinces and their larger cities.
var (
	shaanxi = places("省", "陕西") + places("市", "西安 宝鸡 咸阳 铜川 渭南 延安 榆林 汉中 安康 商洛 韩城 兴平 彬州 华阴 神木 子长") +
		places("区", "汉台 南郑 杨凌 杨凌示范 西咸新") + places("县", "城固 洋 西乡 勉 宁强 略阳 镇巴 留坝 佛坪")
	elsewhere = places("省", "河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 甘肃 青海") +
		places("市", "北京 天津 上海 重庆 石家庄 唐山 太原 呼和浩特 沈阳 大连 长春 哈尔滨 南京 苏州 无锡 常州 南通 徐州 扬州 杭州 宁波 温州 嘉兴 绍兴 台州 金华 义乌 合肥 芜湖 福州 厦门 泉州 南昌") +
		places("市", "济南 青岛 烟台 潍坊 郑州 洛阳 武汉 宜昌 襄阳 十堰 长沙 株洲 广州 深圳 珠海 东莞 佛山 惠州 中山 南宁 柳州 海口 三亚 成都 绵阳 德阳 广元 达州 巴中 南充 贵阳 遵义 昆明") +
		places("市", "拉萨 兰州 天水 陇南 西宁 银川 乌鲁木齐") + places("自治区", "内蒙古 广西 广西壮族 西藏 宁夏 宁夏回族 新疆 新疆维吾尔")
	abroad = places("特别行政区", "香港 澳门") + places("省", "台湾") + "/国外/海外/港澳" +
		"/美国/日本/韩国/德国/法国/英国/意大利/新加坡/马来西亚/泰国/加拿大/澳大利亚"
)

// places lists places with and without what they are; one that is a single character is never
// without.
func places(kind, names string) string {
	var all strings.Builder
	for _, name := range strings.Fields(names) {
		if len([]rune(name)) > 1 {
			all.WriteString("/" + name)
		}
		all.WriteString("/" + name + kind)
	}
	return all.String()
}
