"""Draws names for the sample village, the same every time, with the hard cases that real rosters have."""

from random import Random

_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林郑梁谢宋唐许韩冯邓曹彭肖田董袁潘于蒋蔡余"
    "杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史"
    "陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤"
)
_MEN = "建国志强伟军勇明华平德福永贵春生海波长林文斌金水木根大山立新家富国庆正义成才有田世昌传宗耀祖"
_WOMEN = "秀英桂兰玉梅凤霞春花丽芳红艳淑珍小燕翠莲美玲素云月娥菊香爱华金凤巧珍雪梅腊梅冬秀"
_SECOND = "华明平生军林福英兰芳民安庆才贵荣和顺祥胜兴旺发财喜清泉源涛鹏飞龙虎"

# Two of one name in one group, names no keyboard finds, long names with an interpunct, surnames commonly
# misread: each has been somebody's dispute at a counter.
HARD_NAMES: dict[int, tuple[str, ...]] = {
    1: ("王建国", "李䶮", "王建国", "单学文"),
    2: ("赵㛃", "曾玉兰", "解有民"),
    3: ("陈𬱖", "仇春生", "查文华"),
    4: ("牛犇", "朴成林", "区建华"),
    5: ("周堃", "覃秀英", "盖长河"),
    6: ("买买提·艾力", "翟永强", "乐志远"),
    7: ("古丽娜尔·吐尔逊", "缪春生", "欧阳桂兰"),
    8: ("刘𬭎", "张镕", "司马文斌"),
    9: ("马喆", "上官凤", "尉迟海"),
}


def household_name(draw: Random) -> str:
    """Return a head of household's name, drawn from common surnames and village given names."""
    surname = draw.choice(_SURNAMES)
    first = draw.choice(_MEN if draw.random() < 0.72 else _WOMEN)
    return surname + first + (draw.choice(_SECOND) if draw.random() < 0.86 else "")
