"""Belief, petitions, opinions: rights of every citizen, which are neither scored nor shown."""

from datetime import date

from pointsbank.law.deeds import PUBLICITY
from pointsbank.law.rules import Kind, Rule, Use

_REVIEWED = date(2026, 11, 28)

RULES = (
    Rule(
        code="belief",
        pattern=(
            "信[教](?![育学师练材导化程具授官])|信佛|信(?:了)?(?:上帝|耶稣|基督|鬼神|鬼|神|道教|佛教)|信奉|教徒|信徒|信众|(?:基督|天主|家庭|地下|去|到|上|入|参加|加入)教会"
            "|教会(?:活动|聚会|成员|人员)|教堂|基督|天主教|耶稣|佛教|道教|伊斯兰|回教|穆斯林|清真寺|宗教|传教|布道|礼拜(?![一二三四五六天日])|拜[佛神]|拜菩萨"
            "|[供敬]佛|求神|问卜|算[命卦]|占卜|看相|跳大神|神婆|巫[婆师术医]|迷信|邪教|涉邪|法轮|全能神|门徒会|做法事|吃斋|念经|皈依|受洗"
        ),
        pinyin=("xin jiao", "mi xin", "xie jiao", "ji du jiao", "zuo li bai"),
        deeds=(PUBLICITY,),
        because="涉及个人信仰，不评分，也不能公布",
        source="宪法第36条、个人信息保护法第28条",
        since=date(2021, 11, 1),
        reviewed=_REVIEWED,
        instead=("文明祭祀，以鲜花代替烧纸", "丧事简办"),
        stops=((Use.FACT, "信教家庭"), (Use.FAULT, "搞封建迷信"), (Use.FACT, "到教堂做礼拜")),
        passes=(
            (Use.DEED, "诚信教育、家风教育宣讲"),
            (Use.DEED, "今天主动清扫全组道路"),
            (Use.DEED, "教会老人使用智能手机"),
            (Use.FACT, "礼拜天占道摆摊"),
        ),
    ),
    Rule(
        code="petition",
        pattern=(
            "上访(?![问视谈贫户客])|上访户|信访|非访|访民|[进赴]京|越级|[缠闹集截]访|缠诉|维稳|重点人员|举报|检举|告状|(?<![公报通转广警])告(?:村(?!民)|镇|乡|县|书记|主任|干部|官)|讨说法|(?:市长|区长|县长|政务|政府)(?:服务)?(?:热线|信箱)|投诉|12345"
        ),
        unless="(?:网|马|早|晚|当)上访[^户]|(?:被|经|接|群众|邻居|村民)[^，。；]{0,4}投诉|(?<!拨打)12345热线宣传",
        pinyin=("shang fang", "xin fang", "fei fang", "ju bao", "jin jing"),
        deeds=(PUBLICITY,),
        because="申诉、控告、检举是公民的权利，不评分，也不能公布谁用了它",
        source="宪法第41条、信访工作条例",
        since=date(2022, 5, 1),
        reviewed=_REVIEWED,
        instead=("及时报告安全隐患", "对村内工作提出合理化建议并被采纳"),
        stops=((Use.FAULT, "杜绝非访行为"), (Use.FACT, "上 访 户"), (Use.DEED, "举报非法捕鱼")),
        passes=((Use.DEED, "早上访贫问苦送温暖"), (Use.FACT, "马上访问核实"), (Use.DEED, "及时报告安全隐患")),
    ),
    Rule(
        code="opinion",
        pattern=(
            "言论|言行不当|发牢骚|说怪话|说三道四|反党|妄议|抹黑|顶撞|坏话|骂(?:书记|主任|干部|村(?!民)|党|政府)|(?:群里|会上|网上|背后)[^，。；]{0,4}骂|(?:发帖|朋友圈|微信群|抖音|论坛|网上)[^，。；]{0,6}(?:批评|不满|骂|意见|议论|不良)"
            "|对(?:村|党|政府|干部|政策|两委|支部)[^，。；]{0,6}(?:不满|有意见|抵触|反感)|[不反][支对持]{1,2}(?:村|党|政府|两委|干部|支部)"
            "|不签字|(?:拒绝|拒不)[^，。；]{0,8}签字|(?:不同意|不配合|阻挠|反对)[^，。；]{0,3}(?:征地|征收|拆迁|流转)|传播[^，。；]{0,4}信息|投反对票|不投票"
        ),
        deeds=(PUBLICITY,),
        because="意见和言论不评分，也不能公布",
        source="宪法第35条、第41条",
        since=date(1982, 12, 4),
        reviewed=_REVIEWED,
        instead=("参加村民小组会议", "对村内工作提出合理化建议并被采纳"),
        stops=((Use.FACT, "对村干部不满"), (Use.FACT, "在微信群发表不当言论")),
        passes=((Use.DEED, "对村内工作提出合理化建议并被采纳"), (Use.DEED, "支持村务工作")),
    ),
)
KIND = Kind("convictions", "信仰、申诉与意见", RULES)
