"""A text names nobody of the village, however it is said; what only looks like a name stops no clerk."""

import re
from pathlib import Path

import pytest

from pointsbank import law
from pointsbank.law import Person, people
from tests.law.corpus import EVERYDAY, MAY

OTHERS = "赵二 李秀英 欧阳犇 买买提·艾力 王芳 张明 于明 高山 江河 黄金 胡同 方便 平安 李和平 周文明"
VILLAGE = law.people_of(
    (
        Person("王建国", ("wangjianguo",)),
        Person("陈强", ("chenqiang",)),
        Person("李娜", ("lina",)),
        *map(Person, OTHERS.split()),
    )
)

GIVEN = "建国 志强 秀英 桂兰 文明 平安 卫生 和平 明 强 华 芳 山 河 林 金 同 时 便 道 边 路 家 水 土"

NAMED = """
在李秀英家门前堆放杂物，三次提醒未清理
讨论李秀英家积分评议会
在邻居欧阳犇门口堆放
王 建 国门前堆放杂物
王建國门前堆放杂物
建国家门前堆放杂物
秀英户门前堆放杂物
户主王*国门前堆放杂物
户主王＊国门前
王某国家门前堆放杂物
欠邻居王某三千元
陈*家门前乱倒
陈強乱倒垃圾
wang jianguo门前堆放杂物
Wang Jian Guo men qian
WANGJIANGUO门前
lina门前堆放杂物
Li Na家门前
LǏ-NÀ 的柴火
买买提艾力家门前
买买提·艾力门前
与王芳争吵
王芳堆放杂物
张明的柴火占道
在高山家门前堆放
和平家门前堆放
王建国志愿队
王1建2国门前堆放
王１建②国
王建0国
王一建二国
王x建Ｘ国
王(wáng)建(jiàn)国
王(1)建(2)国
王【一】建【二】国
王㈠建㈡国
王ㄟ建の国
王1、建2、国3
王;建;国
王建囯门前
王٣建𝟏国
张1明的柴火占道
建1国家门前堆放
欧1阳2犇门口
赵2家的柴火
王2某欠三千元
"""

NOBODY_NAMED = """
在高山上堆放杂物
高山，常年有人看守
江河边洗车
江河的水面漂浮垃圾
黄金地段违规搭棚
在胡同堆放杂物
方便邻居通行
争创平安户
平安家庭
文明户门前三包
扩张明显占道
行李明显堆放
关于明天开会
创建国家级文明村
新建国家的水库
建国路口乱停车
和平路口乱停车
在某处堆放杂物
某某路段
一张明信片
linan路口堆放杂物
网上报名online一次
看LED屏、连WIFI、去KTV
长*宽2米
门前杂物堆放，三次提醒未清理
王家湾组道路清扫
清扫2组明沟
第3平安路口停车
在门口12明天
王家3组建国路清扫
2组赵家湾清沟
陈家祠堂前晒谷
"""


@pytest.mark.parametrize("text", NAMED.split("\n")[1:-1])
def test_somebody_is_named(text: str):
    assert VILLAGE.named_in(text)
    with pytest.raises(law.problems.NamesSomebody, match=r"请只写事情和地方"):
        law.check(text, law.Use.PLACE, people=VILLAGE)


@pytest.mark.parametrize("text", NOBODY_NAMED.split("\n")[1:-1])
def test_nobody_is_named(text: str):
    assert VILLAGE.named_in(text) == ()


def test_words_of_the_refusal_name_nobody():
    examples = re.findall("例如“(.+?)”", law.problems.NamesSomebody.sentence)

    assert len(examples) == 2
    assert [text for text in examples if VILLAGE.named_in(text)] == []


def test_a_village_of_a_thousand_stops_no_everyday_text():
    surnames = "王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林郑于方石江白万金史雷龙向平安常成时花水"
    crowd = law.people_of(tuple(Person(one + two) for one in surnames for two in GIVEN.split()))

    texts = [row["text"] for row in (*MAY, *EVERYDAY)]

    assert len(crowd.whole) > 900
    assert [(text, crowd.named_in(text)) for text in texts if crowd.named_in(text)] == []


@pytest.mark.parametrize("text", ["王1建2国家门前", "王①建②国的柴草", "王a建b国占道", "王;建;国占道"])
def test_a_household_is_named_whatever_stands_between_the_letters_of_its_name(text: str) -> None:
    assert law.names(text, "王建国")
    assert not law.names(text, "王建军")


def test_a_place_of_the_household_s_surname_is_no_household():
    assert [law.names(text, "欧阳犇") for text in ("老欧阳家门前", "欧阳家的柴火", "欧式门前")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("name", ["老黄牛拴在路边", "黄家湾路口", "老黄土墙"])
def test_a_surname_that_is_a_word_is_nobody(name: str):
    assert not law.names(name, "黄建国")


def test_nothing_is_compiled_while_a_text_is_read():
    source = Path(str(people.__file__)).read_text("utf-8")

    assert [line for line in source.split("\n") if "re.compile" in line and line.startswith(" ")] == []
    assert not re.search(r"re\.(search|match|sub|findall|finditer)\(", source)
