"""Kinds of title to begin with: as villages call them, with criteria that each village writes anew."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Starter:
    """A name, who it is given to, and criteria; `code` stands in an address."""

    code: str
    name: str
    holder: str
    criteria: tuple[str, ...]


STARTERS = (
    Starter(
        "ten_stars",
        "十星级文明户",
        "household",
        (
            *("守法星：遵守村规民约", "诚信星：说话算数，按时还借", "勤俭星：不铺张，不浪费"),
            *("孝老星：照顾好家里老人", "和睦星：夫妻、婆媳和睦", "邻里星：邻里互相帮忙"),
            *(
                "新风星：红白事按限额办",
                "卫生星：房前屋后干净",
                "公益星：参加村里公益劳动",
                "学习星：参加村里学习和文体活动",
            ),
        ),
    ),
    Starter(
        "five_beauties",
        "五美庭院",
        "household",
        ("庭院整洁美", "摆放有序美", "栽花种绿美", "厨厕干净美", "家风和谐美"),
    ),
    Starter(
        "front_and_yard",
        "三包三净户",
        "household",
        (
            *("门前包卫生", "门前包绿化", "门前包秩序"),
            *("院内干净", "屋内干净", "厨厕干净"),
        ),
    ),
    Starter("front_shop", "门前三包示范店", "organisation", ("门前包卫生", "门前包绿化", "门前包秩序")),
    Starter("front_street", "门前三包示范街", "street", ("家家包卫生", "家家包绿化", "家家包秩序")),
    Starter("yard", "院内三净户", "household", ("院内干净", "屋内干净", "厨厕干净")),
    Starter("keeper", "优秀管护员", "keeper", ("按时巡查", "检查合格", "群众满意")),
    Starter("clean", "清洁户", "household", ("院内干净", "屋内干净", "厕所干净", "门前干净")),
    Starter("family", "五好家庭", "household", ("孝老好", "教子好", "和睦好", "勤俭好", "公益好")),
    Starter("loveliest", "最美家庭", "household", ("家庭和睦", "尊老爱幼", "勤俭持家", "热心公益")),
    Starter("daughter_in_law", "好媳妇", "person", ("孝敬公婆", "夫妻和睦", "邻里夸好")),
    Starter("mother_in_law", "好婆婆", "person", ("待儿媳如女儿", "勤俭持家", "邻里夸好")),
    Starter("courtyard", "文明院落", "group", ("公共地方干净", "院里的事一起商量", "互相帮忙")),
)


def starter(code: str) -> Starter | None:
    """Return the starter with this code, or None.

    Example:
        >>> starter("clean").name
        '清洁户'
    """
    return next((one for one in STARTERS if one.code == code), None)
