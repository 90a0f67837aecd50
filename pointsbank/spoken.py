"""Figures, days and clocks in characters, for a voice that reads them aloud.

Voices on telephones and loudspeakers read 12345 as five digits or worse and leave a minus unsaid, so what is
meant for the ear holds no figure and no sign.
"""

import re
import unicodedata
from datetime import date, time

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")
_TWO = re.compile(r"^二(?=[千万亿]|$)")
_MANY = re.compile(r"^二(?=[千万亿])")

_FIGURE = re.compile(
    r"(?P<clock>(?<![0-9])[0-9]{1,2}[:：][0-9]{2}(?![0-9]))"
    r"|(?P<code>(?<![0-9])0[0-9]+|(?<![0-9])[0-9]{7,})"
    r"|(?P<year>(?<![0-9.])(?:19|20)[0-9]{2}(?=年|[-/.][0-9]))"
    r"|(?P<sign>(?<![0-9A-Za-z])[-+−＋－])?(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<percent>[%％])?"
)
_ISO_DAY = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})-(0?[1-9]|1[0-2])-(0?[1-9]|[12][0-9]|3[01])(?![0-9])")
_TELEPHONE = re.compile(r"(?<![0-9])0[0-9]{2,3}-[0-9]{5,8}(?![0-9])")
_RANGE = re.compile(r"(?<=[0-9])\s*[-–—~～]\s*(?=[0-9])")
_UNSAID = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff，。、；：？！]")
_PAUSES = re.compile(r"([，。、；：？！])[，。、；：？！]+")
_SPOKEN = {"*": "某", "+": "加", "=": "等于", "&": "和", "×": "乘", "/": "、", "／": "、", "〇": "零"}
_THOUSANDS = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])")
_UNITS = {
    "kg": "公斤",
    "Kg": "公斤",
    "KG": "公斤",
    "g": "克",
    "L": "升",
    "l": "升",
    "ml": "毫升",
    "mL": "毫升",
    "km": "公里",
    "m": "米",
    "cm": "厘米",
    "mm": "毫米",
    "m²": "平方米",
    "㎡": "平方米",
}
_UNIT = re.compile(rf"(?<=[0-9])\s*({'|'.join(sorted(_UNITS, key=len, reverse=True))})(?![0-9A-Za-z])")
_EACH = re.compile(r"(?<=[公斤克吨升里米元分0-9])[/／](?=[袋瓶箱包盒桶斤个件份次人天户月年])")


def count(number: int) -> str:
    """Write a whole number as it is said.

    Args:
        number: smaller than 10**16 either way.

    Example:
        >>> count(12345), count(10), count(-10010), count(0)
        ('一万二千三百四十五', '十', '负一万零一十', '零')
    """
    if number < 0:
        return f"负{count(-number)}"
    if number == 0:
        return "零"
    words = ""
    for place in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10_000**place % 10_000
        if group:
            gap = words and (group < 1000 or number // 10_000 ** (place + 1) % 10_000 == 0)
            words += ("零" if gap else "") + _below_ten_thousand(group) + _GROUPS[place]
    return words.removeprefix("一") if words.startswith("一十") else words


def _below_ten_thousand(number: int) -> str:
    """Write 1 to 9999 with its places; a gap of zeros is said once."""
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return words


def points(hundredths: int) -> str:
    """Write hundredths of a point as a voice says the number.

    Example:
        >>> points(1234500), points(-250), points(5), points(200)
        ('一万二千三百四十五', '负二点五', '零点零五', '二')
    """
    units, rest = divmod(abs(hundredths), 100)
    fraction = f"{rest:02d}".rstrip("0")
    words = count(units) + (f"点{digits(fraction)}" if fraction else "")
    return f"负{words}" if hundredths < 0 else words


def measured(number: int, unit: str) -> str:
    """Write a whole number before its unit, where 2 is said 两.

    Example:
        >>> measured(2, "户"), measured(12, "户"), measured(2000, "件")
        ('两户', '十二户', '两千件')
    """
    return _TWO.sub("两", count(number)) + unit


def amount(hundredths: int) -> str:
    """Write an amount of points with its unit: 两分, 二点五分, 负三分.

    Example:
        >>> amount(200), amount(250), amount(-300)
        ('两分', '二点五分', '负三分')
    """
    return _TWO.sub("两", points(hundredths)) + "分"


def change(hundredths: int) -> str:
    """Write what was added or taken: 加两分, 扣三分.

    Example:
        >>> change(200), change(-350), change(0)
        ('加两分', '扣三点五分', '不加不扣')
    """
    if hundredths == 0:
        return "不加不扣"
    return ("加" if hundredths > 0 else "扣") + amount(abs(hundredths))


def digits(text: str) -> str:
    """Write a number digit by digit, as telephones and codes are said; what is no digit is left out.

    Example:
        >>> digits("0855-12300"), digits("2026")
        ('零八五五一二三零零', '二零二六')
    """
    return "".join(_DIGITS[int(each)] for each in text if each in "0123456789")


def day(on: date) -> str:
    """Write a day of the year, without the year.

    Example:
        >>> day(date(2026, 9, 3)), day(date(2026, 12, 31))
        ('九月三日', '十二月三十一日')
    """
    return f"{count(on.month)}月{count(on.day)}日"


def whole_day(on: date) -> str:
    """Write a day with its year.

    Example:
        >>> whole_day(date(2026, 9, 3))
        '二零二六年九月三日'
    """
    return f"{digits(str(on.year))}年{day(on)}"


def month(written: str) -> str:
    """Write a month given as YYYY-MM, without the year.

    Example:
        >>> month("2026-09"), month("2026-12")
        ('九月', '十二月')
    """
    return f"{count(int(written[5:7]))}月"


def clock(at: time) -> str:
    """Write a time of the day.

    Example:
        >>> clock(time(8, 30)), clock(time(14, 0)), clock(time(9, 5))
        ('上午八点半', '下午两点', '上午九点零五分')
    """
    part = (
        "凌晨"
        if at.hour < 6
        else "上午"
        if at.hour < 12
        else "中午"
        if at.hour == 12
        else "下午"
        if at.hour < 18
        else "晚上"
    )
    hour = at.hour if at.hour <= 12 else at.hour - 12
    words = part + measured(hour, "点")
    if at.minute == 30:
        return f"{words}半"
    if at.minute == 0:
        return words
    return words + ("零" if at.minute < 10 else "") + f"{count(at.minute)}分"


def in_text(text: str) -> str:
    """Replace every figure and sign in a text by what a voice says.

    Numbers with a zero in front or of seven digits and more are said digit by digit: codes and telephones.

    Example:
        >>> in_text("2026-09-03 09:30，第12户王*国 -2.5分，电话13800001234")
        '二零二六年九月三日上午九点半，第十二户王某国 负二点五分，电话一三八零零零零一二三四'
    """
    plain = "".join(_plain(each) for each in text)
    measures = _EACH.sub("每", _UNIT.sub(lambda found: _UNITS[found[1]], plain))
    whole = _THOUSANDS.sub(lambda found: found[0].replace(",", ""), measures)
    dated = _ISO_DAY.sub(lambda found: f"{found[1]}年{int(found[2])}月{int(found[3])}日", whole)
    dated = _TELEPHONE.sub(lambda found: found[0].replace("-", ""), dated)
    spaced = re.sub(r"(?<=日)\s+(?=[0-9]{1,2}[:：])", "", dated)
    words = _FIGURE.sub(_say, _RANGE.sub("至", spaced))
    return "".join(_SPOKEN.get(each, each) for each in words)


def aloud(text: str) -> str:
    """Return a text as it is read aloud: figures in characters, and nothing but characters and pauses.

    Signs, brackets, Latin letters and spaces are left out; of several pauses in a row the first stays.

    Example:
        >>> aloud("大米（5kg/袋）：12.5分，A区 3号")
        '大米五公斤每袋：十二点五分，区三号'
    """
    return _PAUSES.sub(r"\1", _UNSAID.sub("", in_text(text)))


def _plain(letter: str) -> str:
    """Return a full-width or circled figure as plain ones; anything else as it is."""
    number = unicodedata.numeric(letter, None)
    is_other = not letter.isascii() and number is not None and letter not in "²³¹"
    if number is None or not is_other or unicodedata.category(letter) == "Lo" or letter == "〇":
        return letter
    return str(int(number)) if number == int(number) else letter


def telephones(text: str) -> str:
    """Write the telephone numbers of a text digit by digit, several one after the other.

    Example:
        >>> telephones("0855-12300"), telephones("12300 / 13800001234")
        ('零八五五一二三零零', '一二三零零，或者一三八零零零零一二三四')
    """
    return "，或者".join(digits(one) for one in re.split(r"[^0-9\s\-－—()（）]+", text) if digits(one))


def _say(found: re.Match[str]) -> str:
    """Return what is said for one figure that was found in a text."""
    if found["code"] or found["year"]:
        return digits(found[0])
    if found["clock"]:
        hour, minute = (int(each) for each in re.split("[:：]", found[0]))
        if (hour, minute) == (24, 0):
            return "晚上十二点"
        return clock(time(hour, minute)) if hour < 24 and minute < 60 else f"{count(hour)}比{count(minute)}"
    units, _, fraction = found["number"].partition(".")
    sign = "" if found["sign"] is None else "加" if found["sign"] in "+＋" else "负"
    words = _MANY.sub("两", count(int(units))) + (f"点{digits(fraction)}" if fraction else "")
    return f"{sign}{'百分之' if found['percent'] else ''}{words}"
