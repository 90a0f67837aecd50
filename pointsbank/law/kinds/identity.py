"""Numbers and addresses by which somebody can be found: telephone, identity card, plate, house number."""

from datetime import date

from pointsbank.law.rules import WORDS, Kind, Rule, Use

_SOURCE = "个人信息保护法第4条、第25条，民法典第1034条"
_SINCE = date(2021, 11, 1)
_REVIEWED = date(2026, 11, 28)
_PLACE = ("门前杂物堆放，三次提醒未清理", "村道边堆放杂物，9月12日提醒后未清理")
_THINGS = (
    "[公机]?[路线]|桥|渠|塘|井|桶|箱|点|站|机|泵|闸|坝|楼|棚|地块|田|山|林|池|沟"
    "|文|令|决议|公告|通知|台|柜|亭|垃圾|摄像|监控|公厕|变压|电?杆|桩|码头|会车|仓|灯"
)
_NUMBER = "[0-9〇零一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾]{1,12}"
_KIN = (
    "媳妇|妻子|丈夫|老公|老婆|堂客|婆娘|爱人|[儿孙]子|女儿|孙女|儿媳|女婿"
    "|父亲|母亲|爸爸?|妈妈?|[哥弟姐妹]{1,2}|户主|本人"
)
_SURNAMES = (
    "王李张刘陈杨赵黄吴徐孙朱胡郭何罗郑谢宋唐韩冯邓曹彭曾萧"
    "董潘袁蔡蒋杜苏魏吕沈姚卢姜崔钟谭陆汪廖贾韦付薛阎侯秦邹熊孟"
)
_SIGNS = "[0-9a-z〇零一二三四五六七八九幺]"
_LATIN_NUMERAL = "(?:ling|yi|yao|er|san|si|wu|liu|qi|ba|jiu)"

RULES = (
    Rule(
        code="long_number",
        pattern=r"[0-9]{7,}x?(?![0-9]*(?:元|万|斤|公斤|克|千克|吨|米|平方|亩|户|人|株|棵|次|分|升|度|千瓦))",
        pinyin=(rf"(?:{_LATIN_NUMERAL}\s?){{6,}}{_LATIN_NUMERAL}",),
        digits=True,
        uses=WORDS | {Use.PLACE, Use.EVIDENCE},
        roundabout=(
            "(?<![0-9])1[3-9][0-9]\\s*[，,、;()]{1,2}\\s*[0-9]{4}\\s*[，,、;()]{1,2}\\s*[0-9]{4}(?![0-9])",
            "(?<![0-9])1[3-9](?:[0-9ol]){9}(?![0-9a-z])",
        ),
        because="像电话、身份证号或者卡号，不能公布",
        source=_SOURCE,
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=_PLACE,
        stops=(
            (Use.FACT, "1 3 8 0 0 0 0 1 2 3 4"),
            (Use.FACT, "一三八零零零零一二三四"),
            (Use.PLACE, "一组13800001234"),
        ),
        passes=((Use.FACT, "2026年9月12日、9月20日两次提醒"), (Use.FACT, "堆放秸秆约1000000克")),
    ),
    Rule(
        code="identifier",
        pattern=(
            "(?:身份证|手机|电话|银行卡|社保卡|医保卡|微信|qq|户口本|尾)号?(?:码)?[:：]?[0-9a-z]{4,}|身份证[^，。；]{0,4}[0-9x]{4}|户号[:：]?[0-9]+|微信号|qq号|身份证号"
            "|(?<![0-9])0[0-9]{3,4}号?[户家]|第0[0-9]{3,4}号|[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][a-z][0-9a-z]{5,6}"
            "|[0-9a-z]@[0-9a-z]|https?:"
        ),
        roundabout=(
            f"[末后前](?:几|[两三四五六0-9])位数?[是为]?{_SIGNS}{{2,}}|尾[数号][是为]?{_SIGNS}{{2,}}|加[v微]信?[0-9a-z]|(?:扣扣|vx|wx|v信|威信|薇信)号?[:：是]?[0-9a-z]{{2,}}",
        ),
        because="能认出是谁，不能公布",
        source=_SOURCE,
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=_PLACE,
        stops=(
            (Use.FACT, "车牌湘G12345乱停"),
            (Use.FACT, "户号01001"),
            (Use.FACT, "第01001号的加分"),
            (Use.FACT, "尾号1234的手机"),
        ),
        passes=((Use.FACT, "电话提醒三次后未清理"), (Use.FACT, "昌鸡线K14+950米处")),
    ),
    Rule(
        code="relative_name",
        pattern=(
            f"(?:{_KIN})[{_SURNAMES}](?![贴挂开列某家])[一-鿿]{{1,2}}?"
            "(?=乱|占|堆|倒|把|将|未|不|没|又|拒|多次|私自|擅自|家|的|$|[，。；])"
        ),
        because="写了家里人的姓名，能认出是谁，不能公布",
        source=_SOURCE,
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=_PLACE,
        stops=((Use.FACT, "他媳妇赵翠花乱倒垃圾"), (Use.FACT, "儿子王小明占道")),
        passes=((Use.FACT, "儿子张贴小广告"), (Use.DEED, "爱人陪同参加清扫")),
    ),
    Rule(
        code="address",
        pattern=(
            f"门牌|{_NUMBER}(?:栋|幢|单元)|[0-9]{{3,4}}室|家住|住址|住在|户籍地"
            f"|{_NUMBER}号(?!{_THINGS})(?=门|院|屋|房|宅|家|户|住|墙|前|后|旁|东|西|南|北|对面|附近|村民|居民|人家|铺|店|的|$|[，。；,;])"
            f"|(?:路|街|巷|弄|胡同|里|组|社|屯|寨|湾|坪|坡|冲|垸|队|村|庄){_NUMBER}号(?!{_THINGS})"
            f"|(?:头|边|尾|口|数|排|左|右|旁|侧|后面|前面|隔壁)第{_NUMBER}[家户]"
            "|开[^，。；]{1,5}车的[那这]?[家户人](?!员)"
        ),
        unless=(
            r"[0-9一二三四五六七八九十]{1,3}月(?:份)?[0-9一二三四五六七八九十]{1,3}号|[第之][0-9一二三四五六七八九十]+号|〔[0-9]{4}〕[0-9]+号|\[?20[0-9]{2}\]?第?[0-9]+号"
            "|[0-9]{1,2}号(?:上午|下午|晚上|早上|中午|凌晨|当天|夜里|之前|以前|起|至|到)"
        ),
        roundabout=(
            "[树塘桥庙店部室校路口头尾边旁面砖楼屋房门]的?那[家户]|(?:隔壁|旁边?|对面)的?(?:人家|那[家户]|第[一二三][家户])",
            f"第{_NUMBER}排[^，。；]{{0,4}}第?{_NUMBER}?[家户]|[一-鿿]家老[大二三四五幺](?![0-9])|隔壁老[一-鿿]|(?:小区|花园|家园|公寓)[0-9]{{4,}}",
        ),
        because="是门牌或者住址，能认出是谁，不能公布；日期请写明几月几日",
        source=_SOURCE,
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=_PLACE,
        stops=((Use.FACT, "一组12号门口污水横流"), (Use.FACT, "3栋2单元501室"), (Use.FACT, "三組十二號")),
        passes=(
            (Use.FACT, "对12户门前进行走访"),
            (Use.FACT, "9月12号提醒"),
            (Use.FACT, "2号垃圾桶旁倾倒建筑垃圾"),
        ),
    ),
)
KIND = Kind("identity", "身份与住址", RULES)
