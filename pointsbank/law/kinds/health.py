"""Health: illness, mental health, disability, childbearing. What a household suffers from hangs nowhere."""

from datetime import date

from pointsbank.law.deeds import HELP, PUBLICITY
from pointsbank.law.rules import Kind, Rule, Use

_SENSITIVE = "个人信息保护法第28条"
_SINCE = date(2021, 11, 1)
_REVIEWED = date(2026, 11, 28)
_HELPED = ("照料独居或行动不便的老人", "未参加集体清扫")
_DEEDS = (HELP, PUBLICITY)
_WHY = "属于个人健康信息，不能公布"

RULES = (
    Rule(
        code="illness",
        pattern=(
            "病|患者|住院|(?<!器)手术|[化放]疗|透析|癌|肿瘤|糖尿|高血压|脑梗|脑溢血|中风|偏瘫|瘫痪|瘫在|卧床|植物人|尿毒症|[甲乙丙]肝|肝炎|肝硬化|结核"
            "|哮喘|癫痫|痛风|梅毒|艾滋|hiv|新冠|阳性|确诊|感染(?:者|了)|发烧|吃药|服药|药罐子|就医|就诊|求医|(?<!健)康复|昏迷|骨折|身体不好|体弱|心脏|做了?搭桥|腹水|抢救(?:无效|过来)|[进住送]医院"
            "|aizi病"
        ),
        unless=(
            "病(?:虫|媒|株|树|枝|死|害|毒)|狂犬病|[毛通弊诟]病|(?:线虫|稻瘟|茶饼|炭疽|白粉|锈|[黑叶褐]斑|口蹄疫?|灰霉|根腐|枯萎|赤霉|猪|鸡|牛|羊|禽|鱼|畜|虾|蚕"
            "|树|苗|果|作物|植物|动物|畜禽)[^，。；]{0,4}病|康复(?:路|街|村)|树[^，。；]{0,3}(?:吊针|输液)"
        ),
        pinyin=("ai zi", "ai zi bing", "sheng bing", "zhu yuan", "huan bing"),
        deeds=_DEEDS,
        roundabout=(
            "离不[开了]药|药不[断离]|药罐|降压药|(?:常年|天天|每天|顿顿)[^，。；]{0,4}(?:吃药|喝药|打针|医院)|吊针|输液|胰岛素|每周[^，。；]{0,3}医院",
            "[肝肺胃肾胆肠腰](?:上|子|脏)?(?:有[^，。；]{0,2}(?:问题|毛病|阴影|石|水)|不[好行]|坏|长了)|瘤|阴影|动过?大?刀|支架(?=$|[，。；])|呼吸机|三高|血压高|血糖",
            "老毛病又?[犯发]|犯病|起不来床|下不了床|躺在床|半边身|半身不遂|身(?:体|子)骨?[^，。；]{0,3}[差弱垮虚]|[干做]不[得了动]活|住了?进?了?院(?=$|[，。；])|大病",
        ),
        because=_WHY,
        source=f"{_SENSITIVE}、民法典第1032条、艾滋病防治条例第39条",
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=_HELPED,
        stops=((Use.FACT, "因病未参加"), (Use.DEED, "照料生病的父母"), (Use.FACT, "长期住院")),
        passes=((Use.DEED, "看望住院的邻居"), (Use.DEED, "防治松材线虫病"), (Use.DEED, "健康复查志愿者")),
    ),
    Rule(
        code="mental_health",
        pattern=(
            "精神(?:病|失常|障碍|异常|分裂|不正常|有?问题|疾病|残)|神经病|疯(?![长狂抢枝])|痴[呆傻]|抑郁|躁狂|智障|弱智|傻子|智力(?:残|障碍|低|有问题|缺陷)"
            "|脑子(?:有|不|坏|笨)|有点神经|神经兮兮|神志(?:不|失|恍)|憨包|自闭|肇祸|老糊涂"
        ),
        pinyin=("jing shen bing", "chi dai", "yi yu zheng", "ruo zhi"),
        deeds=_DEEDS,
        roundabout=(
            "脑壳[^，。；]{0,2}(?:毛病|问题|坏|不)|脑子(?:受|进水)|疯疯|疯癫|神经(?:搭|错|衰弱|出问题)|精神[上方面]*有?点?(?:毛病|刺激)|精神科",
            "想不开|喝过?农药|割过?腕|自[杀残]|寻短|轻生|跳[河楼]|上吊(?![灯装车塔桥])|[记认]不[得到]人|憨[子巴]|智商|傻[里乎]|呆子",
        ),
        because=_WHY,
        source=f"精神卫生法第4条、{_SENSITIVE}",
        since=date(2013, 5, 1),
        reviewed=_REVIEWED,
        instead=_HELPED,
        stops=((Use.FACT, "精神病人"), (Use.FACT, "智力残疾"), (Use.FACT, "家中有疯子")),
        passes=((Use.DEED, "清理疯长杂草"), (Use.DEED, "弘扬精神文明"), (Use.DEED, "参加智力支农")),
    ),
    Rule(
        code="disability",
        pattern=(
            "残疾|残障|[伤致肢手腿脚眼]残(?![破缺损留])|残[废了]|残联|聋|哑巴|盲人|失明|瞎(?![说蒙琢扯聊忙搞指])|[瘸跛]|断[手腿臂]|截肢|轮椅|拐杖|拄着?拐|失能|不能自理|自理能力|驼背|侏儒"
        ),
        pinyin=("can ji", "long ya"),
        deeds=_DEEDS,
        roundabout=(
            "[少缺断]了?[一两]?[只条][^，。；]{0,2}[手腿脚臂眼胳]|耳朵?[^，。；]{0,2}(?:背|听不)|眼睛?(?:看不|不好)|哑子|不会讲话|讲不了话|独[眼臂]|麻痹",
            "站不起来|[腿脚手]脚?不(?:灵|方便|利索|得力)|走路不(?:方便|稳|利索)|一条腿|拄着?[棍杖]",
        ),
        because=_WHY,
        source=f"{_SENSITIVE}、残疾人保障法第3条",
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=_HELPED,
        stops=((Use.FACT, "残疾家庭"), (Use.FAULT, "不照料残疾父母"), (Use.FACT, "帮扶残疾邻居")),
        passes=((Use.DEED, "帮扶残疾邻居"), (Use.DEED, "残疾人走访服务"), (Use.FACT, "院内堆放残枝、残膜")),
    ),
    Rule(
        code="childbearing",
        pattern="怀孕|孕妇|怀[上了]|流产|堕胎|不[孕育]|绝育|结扎|避孕|超生|[二三四]胎|早产|妇科|月经|性功能|产妇|坐月子|生育|引产",
        unless="(?:犬|狗|猫|流浪|宠物)[^，。；]{0,4}绝育|不育苗|不育秧|[猪羊牛狗犬兔猫][^，。；]{0,3}生[^，。；]{0,4}崽",
        deeds=_DEEDS,
        roundabout=(
            "大[着了]?肚子|肚子(?:大|没动静|有了)|没有?生(?:个|过)?(?:儿|崽|娃|孩)|生(?:完|过)?(?:了|个)?[一二两三四五六七几]?[个对]?(?:小)?(?:娃|孩|伢|崽|女[儿娃]|儿子|胖|双胞)",
            "多生了?[一两个]|生不出|[二三四]孩|做[了过]?人流|试管|保胎|害喜|代孕",
        ),
        because="属于个人健康和生育信息，不能公布",
        source=f"{_SENSITIVE}、民法典第1032条",
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=("移风易俗、喜事新办",),
        stops=((Use.FACT, "超生二胎"),),
        passes=((Use.DEED, "流浪猫绝育志愿服务"),),
    ),
)
KIND = Kind("health", "健康与生育", RULES)
