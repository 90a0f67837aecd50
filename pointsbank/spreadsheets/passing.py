"""Rows of a table that are no data: sums, signatures, remarks, headings between, headers again. Pure."""

import re
from collections.abc import Sequence

from pointsbank.spreadsheets.sums_in_words import is_sum_in_words
from pointsbank.text import narrow

_SPACE = re.compile(r"\s+")
_SUM = re.compile(
    r".{0,8}(?:合计|小计|总计|共计|总和|汇总):?(?:\(?共?\d+(?:户|种|项|条|人|件|行|个|样|类)\)?)?|(?:grand)?(?:sum|total):?",
    re.IGNORECASE,
)
_SUM_WITH_WORDS = re.compile(r"(?:.{0,8}(?:合计|小计|总计|共计|总和|汇总)|累计|共)[:(]?.{0,10}")
# Looked for first: a hundred thousand rows are no sums.
_MAY_BE_SUM = re.compile("[计和汇均共总TtSs]")
_LOOKED_AT = 200
MAY_BE_NONE = re.compile("[计和汇均共总例签盖TtSs:：]")
"""Found in every row that has all it must have and is a sum, a signature or a sample all the same."""
_SUM_ALONE = {
    "合计",
    "小计",
    "总计",
    "共计",
    "总和",
    "合计数",
    "累计",
    "汇总",
    "本页小计",
    "本页合计",
    "平均",
    "平均分",
    "总数",
    "总量",
    "总额",
    "总计积分",
    "积分合计",
    "户均",
    "人均",
}
_SIGNED = re.compile(
    r"(?:填[表报写]|制表|制单|审[核批]|复[核查]|核对|负责人|经[办手]|保管|会计|出纳|统计|记账|登记|主管|监督|联系|签|盖章|公章|村|社区|评议|组长|网格|代表"
    r"|日期|时间|单位|电话|户主签|党支部|领导).{0,14}:.*"
    r"|.{0,20}\(?(?:签[字名章]|盖章|公章|手印)\)?:?.*"
)
_SIGNATURE = re.compile(
    r"(?:填[表报]人?|制[表单]人?|审[核批]人?|负责人|经办人?|复核人?|核对人?|签[字名章]|评议组长|村主任|村?党?支部?书记"
    r"|日期|(?:填[表报]|制表|评议)(?:日期|时间|单位)|单位|联系电话):.*"
)
_ODD = re.compile(r".{0,8}\(?(?:签[字名章]|盖章)\)?:?.{0,10}|.{0,6}(?:负责|经办|制表|填表|审核)人?:?")
_REMARK = re.compile(
    r"[*※]?(?:填表|填报|填写)?(?:说明|备注|注意|注意事项|附注|附|注|要求|温馨提示)(?:[:\d.、)(].*|$)"
)
_SAMPLE = re.compile(r"(?:样例|示例|例如|举例|例:|\(例\)|\(样例\)|范例).*")
_CHINESE = "[一二三四五六七八九十]+"
_NUMBERED_HEADING = re.compile(rf"(?:{_CHINESE}[、.:]|\({_CHINESE}\)|第{_CHINESE}[类部章])(.+)")
_NOTHING_BELOW = {"以下空白", "以下无", "此行以下空白", "空白"}
_PLACES = ("甲乙丙丁戊己庚辛", "ABCDEFGH", "abcdefgh", "①②③④⑤⑥⑦⑧")
_DATE_ONLY = re.compile(r"\d{2,4}年\d{1,2}月(?:\d{1,2}日)?|年月日")
_GOES_ON = re.compile(r"\(?(?:续|续表|续上表|接上[表页]|转下[表页])\)?:?|第\d+页.{0,10}|共\d+页|\d+/\d+")
_UNIT = re.compile(r"\((?:单位:)?(?:人|口|户|分|积分|元|袋|件|个|岁|次|小时)\)")
_COUNTS_MANY = re.compile(r"共?\d+(?:户|种|项|条|人|件|行)")


def is_sum(cells: Sequence[str], *, whole: bool = True) -> bool:
    """Return whether the first filled cells of a row name it a sum.

    Args:
        whole: whether all is there that a row of data needs; else more words will do.

    Example:
        >>> is_sum(["合 计", "2种", "59"]), is_sum(["合计：285.5分"]), is_sum(["0101", "张文远", "2"])
        (True, True, False)
    """
    if _MAY_BE_SUM.search("".join(cells[:3])[:_LOOKED_AT]) is None:
        return False
    some = [_tidy(cell) for cell in cells[:3]]
    if any(cell.rstrip(":") in _SUM_ALONE for cell in some):
        return True
    if any(_SUM.fullmatch(cell) or is_sum_in_words(cell) for cell in some[:2]):
        return True
    return not whole and _SUM_WITH_WORDS.fullmatch(some[0]) is not None


def reason(cells: Sequence[str]) -> str:
    """Return why an incomplete row is no data, by its filled cells: 签字, 说明, 样例; "" if nothing says so.

    Example:
        >>> reason(["填表人：李四", "审核人：王五"]), reason(["说明：每户一行"]), reason(["0101"])
        ('签字或日期', '说明', '')
    """
    first = _tidy(cells[0])
    if _SAMPLE.fullmatch(first):
        return "样例"
    if first.strip("-—－─=*()") in _NOTHING_BELOW:
        return "说明"
    if _REMARK.fullmatch(first):
        return "说明"
    if len(cells) <= 6 and (_SIGNED.fullmatch(first) or _DATE_ONLY.fullmatch(first)):
        return "签字或日期"
    if len(cells) == 1 and _GOES_ON.fullmatch(first):
        return "续表或页码"
    if all(_UNIT.fullmatch(_tidy(cell)) for cell in cells):
        return "计量单位"
    if len(cells) <= 2 and _COUNTS_MANY.fullmatch(first):
        return "合计"
    return ""


def is_signature(cells: Sequence[str]) -> bool:
    """Return whether a row is signed, however many of its cells are filled.

    Example:
        >>> is_signature(["填表人：李四", "审核人：王五"]), is_signature(["村规民约：遵守", "5"])
        (True, False)
    """
    first = cells[0]
    return (":" in first or "：" in first) and _SIGNATURE.fullmatch(_tidy(first)) is not None


def is_odd(cell: str) -> bool:
    """Return whether the first cell of a row makes one doubt that it is data: 村支书签字.

    Example:
        >>> is_odd("村支书签字"), is_odd("0101")
        (True, False)
    """
    return _ODD.fullmatch(_tidy(cell)) is not None


def is_numbering(cells: Sequence[str]) -> bool:
    """Return whether the row under the headers only numbers the columns: 1 2 3 4, 甲 乙 丙.

    Example:
        >>> is_numbering(["1", "2", "3"]), is_numbering(["甲", "乙", "1", "2"]), is_numbering(["1", "3"])
        (True, True, False)
    """
    tidy = [_tidy(cell).strip("()（）") for cell in cells]
    words = next((row for row in _PLACES if tidy[0] == row[0]), "")
    named = 0
    while named < min(len(tidy), len(words)) and tidy[named] == words[named]:
        named += 1
    rest = tidy[named:]
    return len(tidy) >= 3 and rest == [str(number) for number in range(1, len(rest) + 1)]


def is_number(cell: str) -> bool:
    """Return whether a cell is a bare number."""
    return re.fullmatch(r"[-+]?[\d,]+(?:\.\d+)?", _tidy(cell)) is not None


def is_sample(cells: Sequence[str]) -> bool:
    """Return whether a row is an example of how to fill in the table."""
    return "例" in cells[0][:_LOOKED_AT] and _SAMPLE.fullmatch(_tidy(cells[0])) is not None


def heading(cell: str) -> str | None:
    """Return the words of a numbered heading between rows, such as 一、环境卫生.

    Example:
        >>> heading("一、环境卫生"), heading("（二）扣分项"), heading("环境卫生")
        ('环境卫生', '扣分项', None)
    """
    found = _NUMBERED_HEADING.fullmatch(_tidy(cell))
    return found[1].strip() if found and len(found[1]) <= 30 else None


def _tidy(cell: str) -> str:
    return _SPACE.sub("", narrow(cell[:_LOOKED_AT]))
