"""How the text of one cell becomes a value; each refuses with a sentence that says what to write instead.

What can be meant in one way only is read: 5分, −5, 4人, a day with a time. What could be two things is not.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

from pointsbank.errors import Invalid
from pointsbank.points import Points, parse
from pointsbank.spreadsheets.said_in_cells import has_letters
from pointsbank.spreadsheets.table import DateText
from pointsbank.text import clean, clean_code, clean_name, narrow

Value = TypeVar("Value", bound=Hashable)

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
# What Excel shows, and writes into a CSV, of a code such as 1-2 that it took for a day.
_CODE_AS_DATE = re.compile(
    r"[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?(?:\s.*)?|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}年[0-9]{1,2}月"
    rf"|[0-9]{{1,2}}[-/ ]{_MONTH}(?:[-/ ][0-9]{{2,4}})?|{_MONTH}[-/ ][0-9]{{1,4}}"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}",
    re.IGNORECASE,
)

NOTHING_KNOWN = frozenset(
    {"无", "暂无", "没有", "待定", "不详", "未知", "未编", "空", "空户", "新", "新增", "某某"}
    | {"TRUE", "FALSE"}
)
"""Words that stand where a code or a name should be, and are none; TRUE is a ticked box of Excel's."""

# What programs write of a code that they took for a number.
_CODE_AS_DECIMAL = re.compile(r"[0-9]+\.0+")

_NUMBER = re.compile(r"[0-9０-９.,]+")
_WHOLE = re.compile(r"\+?([0-9]{1,12})(\.0+)?")
_MEASURES = (
    "人|口|口人|位|袋|瓶|盒|包|桶|个|件|提|条|支|双|壶|块|卷|把|套|张|只|听|罐|本|盆|床|次|份|户|月|个月"
)
_MEASURED = re.compile(rf"(.*[0-9])\s*(?:{_MEASURES})")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")

_MINUS = str.maketrans(dict.fromkeys("−–—﹣‒‐‑⁻－", "-"))
_AMOUNT = re.compile(
    r"(每次|每人次|一次)?\s*([加减扣奖+-]?)\s*([+-]?[0-9][0-9.,]*)\s*(?:积?分)?(?:/次|每次)?"
)
_SPAN = re.compile(r"[加减扣+-]?[0-9.]+\s*(?:分)?\s*[-~～至到]\s*[0-9.]+\s*(?:积?分)?")
_LINE_BREAK = re.compile(r"\s*[\r\n]+\s*")
_BETWEEN_WORDS = re.compile(r"(?<=[!-~])\s*[\r\n]+\s*(?=[!-~])")


class CellInvalid(Invalid):
    """The text of a cell cannot be read as what its column holds."""

    code = "cell_invalid"
    sentence = "{reason}"


def text(maximum: int) -> Callable[[str], str]:
    """Return a reader of plain text of at most `maximum` characters; its line breaks are taken out.

    Raises:
        CellInvalid: the cell is a date of Excel's; the reader also raises the refusals of `text.clean`.
    """
    return lambda cell: clean(in_one_line(_not_a_date(cell)), maximum=maximum)


def title(maximum: int) -> Callable[[str], str]:
    """Return a reader of what something is called; it refuses what `text` does, and words that say nothing.

    Raises:
        CellInvalid: 无, 待定, / and the like, or a bare number.
    """
    plain = text(maximum)

    def read(cell: str) -> str:
        found = plain(cell)
        if found in NOTHING_KNOWN or not has_letters(found) or _NUMBER.fullmatch(found):
            raise CellInvalid(reason=f"“{found}”不是名称，请写清楚，或者删去这一行。")
        return found

    return read


def in_one_line(cell: str) -> str:
    """Return a text whose lines, as Alt+Enter makes them, follow one another.

    Example:
        >>> in_one_line("参加环境\\n清扫"), in_one_line("LED\\nlamp")
        ('参加环境清扫', 'LED lamp')
    """
    if "\n" not in cell and "\r" not in cell:
        return cell
    return _LINE_BREAK.sub("", _BETWEEN_WORDS.sub(" ", cell))


def code(cell: str) -> str:
    """Read a code such as 户号.

    Raises:
        CellInvalid: Excel made a date or a decimal of it, in a cell or in the text of a CSV.
    """
    tidy = narrow(_not_a_date(cell))
    if tidy in NOTHING_KNOWN:
        raise CellInvalid(reason=f"“{tidy}”不是编号，请填编号。")
    if _CODE_AS_DATE.fullmatch(tidy):
        raise CellInvalid(
            reason=f"“{tidy[:30]}”看来是 Excel 把编号变成了日期，请把这一列设为“文本”格式，填回原来的编号。"
        )
    if _CODE_AS_DECIMAL.fullmatch(tidy):
        raise CellInvalid(
            reason=f"“{tidy[:30]}”看来是编号被当成了小数，请把这一列设为“文本”格式，填回原来的编号。"
        )
    return clean_code(tidy)


def name(cell: str) -> str:
    """Read the name of a person, household, group or organisation.

    Raises:
        CellInvalid: Excel made a date of it, or nothing in it can be read aloud.
    """
    if not has_letters(cell) or cell.strip() in NOTHING_KNOWN:
        raise CellInvalid(reason=f"“{cell[:30]}”不是名称，请填写；没有的请留空。")
    return clean_name(in_one_line(_not_a_date(cell)))


def points(cell: str) -> Points:
    """Read points with at most two decimals: 5, +5, 5分, 加5分, −5, 扣5分, 1,234.

    Raises:
        CellInvalid: Excel made a date of it, or it is a span such as 5-10分.
    """
    return signed_points(cell)[1]


def signed_points(cell: str) -> tuple[str, Points]:
    """Read points with the sign that is written before them: "+", "-" or none.

    Raises:
        CellInvalid: as `points`.

    Example:
        >>> signed_points("+5"), signed_points("扣5分"), signed_points("5分")
        (('+', 500), ('-', -500), ('', 500))
    """
    tidy = narrow(_not_a_date(cell)).translate(_MINUS)
    if _SPAN.fullmatch(tidy):
        raise CellInvalid(reason=f"“{tidy[:30]}”是一个区间，请分成最低和最高两列来填，或写明是几分。")
    found = _AMOUNT.fullmatch(tidy)
    if found is None:
        return "", parse(tidy)
    number = found[3].replace(",", "") if _THOUSANDS.fullmatch(found[3]) else found[3]
    sign = {"加": "+", "奖": "+", "扣": "-", "减": "-"}.get(found[2], found[2])
    if sign and number[0] in "+-":
        return "", parse(tidy)
    sign = sign or (number[0] if number[0] in "+-" else "")
    return sign, parse(sign + number.lstrip("+-"))


class WrittenPoints(int):
    """Points, in hundredths, with the sign that was written before them: "+", "-" or none."""

    sign: str = ""


def written_points(cell: str) -> WrittenPoints:
    """Read points as `points` does, and keep the sign.

    Raises:
        CellInvalid: as `points`.
    """
    sign, amount = signed_points(cell)
    written = WrittenPoints(amount)
    written.sign = sign
    return written


def whole_number_between(minimum: int, maximum: int) -> Callable[[str], int]:
    """Return a reader of counts from `minimum` to `maximum`, both included; nothing is rounded.

    A measure after the number is passed over (4人, 20袋), but not one that holds many, such as 箱.

    Raises:
        CellInvalid: not a whole number, or out of bounds.
    """

    def read(cell: str) -> int:
        tidy = narrow(_not_a_date(cell))
        measured = _MEASURED.fullmatch(tidy)
        number = measured[1].strip() if measured else tidy
        if _THOUSANDS.fullmatch(number):
            number = number.replace(",", "")
        match = _WHOLE.fullmatch(number)
        if not match or not minimum <= int(match[1]) <= maximum:
            raise CellInvalid(reason=f"“{tidy[:30]}”不是有效的数，请填{minimum}至{maximum}之间的整数。")
        return int(match[1])

    return read


def choice(options: Mapping[str, Value]) -> Callable[[str], Value]:
    """Return a reader of one of a few words; full-width letters and letter case do not matter.

    Args:
        options: what each accepted spelling means; the first spelling of a value is shown to people.

    Raises:
        CellInvalid: none of these words.
    """
    known = {narrow(word).casefold(): value for word, value in options.items()}
    # One word for each value is enough to say what may be written: the first, which is the Chinese one.
    first: dict[Value, str] = {}
    for word, value in options.items():
        first.setdefault(value, word)
    listed = "、".join(first.values())

    def read(cell: str) -> Value:
        tidy = narrow(cell)
        if tidy.casefold() not in known:
            raise CellInvalid(reason=f"“{tidy[:30]}”不在可选范围内，请填：{listed}。")
        return known[tidy.casefold()]

    return read


def _not_a_date(cell: str) -> str:
    """Refuse what Excel has turned into a date by itself."""
    if isinstance(cell, DateText):
        raise CellInvalid(reason=f"Excel 把它变成了日期（{cell}），请把这一列设为“文本”格式后重新输入。")
    return cell
