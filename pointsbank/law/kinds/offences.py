"""Offences: what the police or a court decides is not scored again, and its record is sealed."""

from datetime import date

from pointsbank.law.deeds import PUBLICITY
from pointsbank.law.rules import WORDS, Kind, Rule, Use

_SEALED = "治安管理处罚法第136条"
_SINCE = date(2026, 1, 1)
_REVIEWED = date(2026, 11, 28)
_QUIET = ("参加文明健康的文体活动", "夜间聚会声音较大，提醒后改正")

RULES = (
    Rule(
        code="gambling",
        pattern=(
            "赌(?![气咒])|六合彩|炸金花|推牌九|推饼|老虎机|百家乐|买码"
            "|麻将馆|(?:打牌|牌|麻将|扑克|斗地主)[^，。；]{0,4}(?:来钱|带钱|带彩|论钱|[输赢])"
        ),
        pinyin=("du bo", "ju du", "du qian"),
        deeds=(PUBLICITY,),
        because="属于违反治安管理的行为，记录依法封存，不能公布",
        source=_SEALED,
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=_QUIET,
        stops=((Use.FACT, "未发现赌博"), (Use.FAULT, "聚众赌博"), (Use.DEED, "戒赌成功")),
        passes=((Use.DEED, "组织禁赌劝导宣传"), (Use.FACT, "与邻居赌气堆土")),
    ),
    Rule(
        code="drugs",
        pattern=(
            "(?:吸|贩|制|涉|戒|禁|缉|染|沾|嗑|贩卖|黄赌)毒|毒(?:品|瘾|资|友|贩|驾)|嗑药|冰毒|海洛因|摇头丸|k粉|麻古|罂粟|鸦片"
            "|白粉仔|美沙酮|社[戒康]|强戒|复吸|吸du|(?:吸食?|抽|贩)大麻|大麻(?:叶|烟)"
        ),
        pinyin=("xi du", "du pin", "jie du", "she du"),
        deeds=(PUBLICITY,),
        because="属于违反治安管理的行为，记录依法封存，不能公布",
        source=_SEALED,
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=("参加平安巡逻", "参加普法宣传活动"),
        stops=((Use.FACT, "家中有人吸毒"), (Use.DEED, "参加社区戒毒康复教育")),
        passes=((Use.DEED, "参加禁毒宣传"), (Use.DEED, "公共场所消毒"), (Use.DEED, "收集五大麻袋废旧农膜")),
    ),
    Rule(
        code="fights",
        pattern=(
            "打架|斗殴|殴打|[互群]殴|打人(?![民工才口参])|群架|干架|打斗|[厮撕扭]打|推搡|约架|动粗|动武|大打出手|拳打脚踢|拳脚"
            "|耳光|[打砍捅刺]伤|持[刀械棍]|揍|打了一架|打架|打进医院|打[了过]?(?:人|他|她|对方|邻居|村民|干部|网格员|书记|主任)(?![工才口参]|电话|招呼|门)|故意伤害|动手[打伤推互]|(?:吵|冲突|纠纷|矛盾|争执)[^，。；]{0,4}动手"
            "|(?:与|和|跟|对)[^，。；]{1,8}动手(?![清打扫帮做搞修建种整])"
        ),
        pinyin=("da jia", "dou ou", "ou da"),
        deeds=(PUBLICITY,),
        because="属于违反治安管理的行为，记录依法封存，不能公布",
        source=_SEALED,
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=("主动调解邻里纠纷并促成和解", "邻里争吵、影响他人休息"),
        stops=((Use.FAULT, "与邻里争吵动手，造成不良影响"), (Use.FACT, "扇了邻居一耳光")),
        passes=((Use.DEED, "自己动手修整庭院"), (Use.DEED, "打人工井、修水渠"), (Use.FAULT, "犬只伤人")),
    ),
    Rule(
        code="domestic_violence",
        pattern=(
            "家暴|家庭暴力|虐待|打骂|打(?:老婆|媳妇|妻子|老人|父|母|孩子|小孩|儿子|女儿)|遗弃[^，。；]{0,2}(?:家庭|老人|父|母|孩子|子女|婴|妻|家人)"
        ),
        deeds=(PUBLICITY,),
        because="涉及家庭成员的隐私和违法认定，由有关机关处理，不能公布",
        source="反家庭暴力法第5条、治安管理处罚法第136条",
        since=date(2016, 3, 1),
        reviewed=_REVIEWED,
        instead=("儿女定期陪伴、照料年长父母", "拒不履行赡养义务"),
        stops=((Use.FAULT, "虐待老人"), (Use.FAULT, "遗弃家庭成员")),
        passes=((Use.FAULT, "遗弃农膜、农药瓶"), (Use.FAULT, "拒不履行赡养义务")),
    ),
    Rule(
        code="theft_fraud",
        pattern=(
            "[盗偷]窃|偷[盗鸡摸钱拿摘菜瓜果狗电油羊牛鱼]|偷(?:东西|农作物|柴|树|粮|砍|伐|采|挖)|小偷|扒手|扒窃|盗[伐采挖猎]|抢[劫夺]|哄抢|顺手牵羊|[摘拿挖砍](?:了|走)?[别他]人(?:家|的)|(?<!反)诈骗"
            "|骗[取保钱]|行骗|冒领|敲诈|勒索|传销|销赃|非法集资|窝赃|贼(?:喊|性|心)?"
        ),
        unless="防(?:范)?(?:电信)?(?:网络)?诈骗|反诈",
        pinyin=("tou qie", "dao qie", "zha pian"),
        deeds=(PUBLICITY,),
        because="是违法犯罪的认定，只能由有关机关作出，村里不能公布",
        source=f"{_SEALED}、民法典第1024条",
        since=date(2021, 1, 1),
        reviewed=_REVIEWED,
        instead=("参加普法宣传活动", "偷倒垃圾"),
        stops=((Use.FACT, "偷鸡两只"), (Use.FAULT, "冒领补贴")),
        passes=((Use.FAULT, "偷倒垃圾"), (Use.DEED, "参加防诈骗宣传")),
    ),
    Rule(
        code="drunk_driving",
        pattern="[酒醉毒]驾|(?:喝了?酒|酒后|醉酒|饮酒|醉后|喝多)[^，。；]{0,5}(?:驾|开车|骑)|无证驾驶|肇事|逃逸|飙车",
        pinyin=("jiu jia", "zui jia"),
        deeds=(PUBLICITY,),
        because="以处罚决定为依据，处罚记录不能公布，也不重复评分",
        source=f"{_SEALED}、民法典第1024条",
        since=date(2021, 1, 1),
        reviewed=_REVIEWED,
        instead=("骑乘摩托车规范佩戴头盔", "车辆乱停堵塞消防通道"),
        stops=((Use.FAULT, "酒后驾驶机动车"), (Use.DEED, "承诺不酒驾")),
        passes=((Use.FAULT, "车辆乱停堵塞消防通道"),),
    ),
    Rule(
        code="prostitution",
        pattern="嫖|卖淫|娼|[涉扫]黄(?!色)|黄赌|淫|色情|猥亵|强奸|流氓",
        because="属于违反治安管理或者犯罪的行为，记录依法不能公布",
        source=_SEALED,
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=_QUIET,
        stops=((Use.FACT, "嫖娼"),),
        passes=((Use.DEED, "清扫黄叶"), (Use.DEED, "清扫黄色垃圾桶")),
        unless="清扫黄",
        deeds=(PUBLICITY,),
    ),
    Rule(
        code="disorder",
        pattern=(
            "寻衅|滋事|聚众|闹事|扰乱(?:公共|社会|治安)?秩序|涉黑|涉恶|黑恶|黑社会|恶势力|村霸|造谣|传谣|谣言|辱骂|谩骂|侮辱|诽谤"
            "|恐吓|扬言|威胁(?:他人|村民|邻居|干部|工作)|妨碍公务|枪支|爆炸物|管制刀具|故意(?:损毁|毁坏|破坏|砸)|大吵大闹|骂(?:人|街|邻居|村民|他|她|对方)|煽动|强买强卖|宰客|砸(?:坏|车|门|窗|店)"
        ),
        deeds=(PUBLICITY,),
        because="属于违反治安管理的行为，记录依法封存，不能公布",
        source=_SEALED,
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=("广场舞音响扰民，劝阻不听", "损坏公共设施"),
        stops=((Use.FAULT, "在公共场所寻衅滋事"), (Use.FACT, "在群里造谣")),
        passes=((Use.FAULT, "损坏公共设施"),),
    ),
    Rule(
        code="detention",
        pattern=(
            "拘[留役捕押]|逮捕|(?:被|遭|受)(?:[^，。；]{0,6}?)(?:抓(?!拍)|拘|带走|传唤|立案|查处|处罚|罚|判|训诫)|抓走|(?:[人他她]|被)关进去|局子"
            "|进去过|坐过?牢|蹲过?(?:监|牢|号子|大狱)|监狱|服刑|刑满|刑释|劳[教改]|看守所|判[刑处]|缓刑|有期徒刑|前科|案底|犯罪|罪犯|犯事"
            "|犯法|刑事|社区矫正|罚款|处罚(?:决定|书|通知|告知|记录|单)|(?:行政|治安|公安|派出所|警方|交警)处罚|治安管理|传唤|训诫|违纪违法|取保|审讯|(?:询问|讯问|公安|派出所|[做作])笔录|判决|裁定|事故[^，。；]{0,2}认定|通缉|嫌疑|嫌犯|起诉|官司|被告(?!知)"
            "|失信被执行|强制(?:隔离|戒)|出警|(?:派出所|公安|警方|警察|民警|交警|法院|检察)[^，。；]{0,8}"
            "(?:处理|处罚|查|抓|带|拘|传|认定|通报|判|裁|记录|强制|立案|调解书|告知|上门)"
        ),
        pinyin=("ju liu", "pan xing", "zuo lao", "an di", "chu fa"),
        deeds=(PUBLICITY,),
        uses=WORDS | {Use.EVIDENCE},
        because="涉及处罚或者刑事记录，依法封存，不能公布，也不能作为评分依据",
        source=f"{_SEALED}、个人信息保护法第28条",
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=("照片和提醒记录", "两次书面提醒后未整改"),
        stops=((Use.EVIDENCE, "处罚决定"), (Use.FACT, "被派出所带走"), (Use.FACT, "因赌钱被拘留五日")),
        passes=(
            (Use.EVIDENCE, "村委或公安机关确认"),
            (Use.FACT, "被抓拍车辆乱停3次"),
            (Use.EVIDENCE, "整改通知"),
        ),
    ),
    Rule(
        code="discipline",
        pattern=(
            "党纪|政务处分|处分|党内(?:严重)?警告|记大?过|开除|留党察看|撤职|诫勉|组织处理|违反(?:党|工作|廉洁|政治|组织)?纪律|纪委|不合格党员|贪污|[受行]贿|挪用|徇私|玩忽职守"
            "|滥用职权"
        ),
        unless="笔记过|标记过|登记过|忘记过",
        deeds=(PUBLICITY,),
        because="由党组织或者监察机关处理，不用积分评价，也不上墙",
        source="中国共产党纪律处分条例、公职人员政务处分法",
        since=date(2020, 7, 1),
        reviewed=_REVIEWED,
        instead=("参加支部主题党日劳动或服务", "无故不参加村民会议"),
        stops=((Use.FAULT, "受党纪处分中党内警告的"), (Use.FACT, "因贪污免职")),
        passes=((Use.DEED, "参加党纪学习教育"),),
    ),
)
KIND = Kind("offences", "违法与处罚", RULES)
