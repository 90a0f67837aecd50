"""What a number's format shows of it: 00101 of 101, M001 of 1, 50% of 0.5, 5 of 4.6.

People read what is shown and mean it. A reader gives the number alone, so a code would lose its noughts and a
share become half a point. Where a format shows something else than the number, the cell becomes that text.
"""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

from pointsbank.spreadsheets.sheet_parts import section_of

_PARTS = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_MONEY = re.compile("[¥￥元$]")
_WITH_WORDS = re.compile(r"[-+−]?[\d.,]+\s*[\u4e00-\u9fff]{1,3}|[¥￥$]\s*[-−]?[\d.,]+")
_NUMBER = re.compile(r"(?P<whole>[#,0]*)(?:\.(?P<rest>[0#]*))?")
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_BUILT_IN |= {37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00"}
# What was matched is never tried otherwise (?>): one tag with its attribute ten thousand times took minutes.
_FORMAT = re.compile(rb'<(?:\w+:)?numFmt\b(?>[^<>]*?\bnumFmtId="(\d+)")(?>[^<>]*?\bformatCode="([^"]*)")')
_ONE_FORMAT = re.compile(rb"<(?:\w+:)?xf\b([^<>]*)>")
_ITS_NUMBER = re.compile(rb'\bnumFmtId="(\d+)"')
_CELL = re.compile(
    rb'<((?:\w+:)?c)\b((?>[^<>]*?\ss="(\d+)")[^<>]*+)>'
    rb"((?:\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?)\s*<(?:\w+:)?v>\s*([-+.0-9Ee]+)\s*</(?:\w+:)?v>\s*</"
)
_TYPED = re.compile(rb"""\st\s*=\s*["']\s*(?!n\b)""")
_ENTITIES = {b"&quot;": b'"', b"&amp;": b"&", b"&lt;": b"<", b"&gt;": b">"}


class Form(NamedTuple):
    """How a format shows numbers: words around them, digits before and behind the point, as a share."""

    prefix: str
    digits: int
    decimals: int
    percent: bool
    suffix: str = ""

    def shows(self, text: str) -> str | None:
        """Return what is shown of a number where it is another than the number itself.

        Example:
            >>> Form("", 5, 0, False).shows("101"), Form("", 1, 0, False).shows("4.6")
            ('00101', '4.6（显示为5）')
        """
        try:
            value = Decimal(text)
        except InvalidOperation:
            return None
        if not value.is_finite() or abs(value) >= 10**15:
            return None
        if self.percent:
            return f"{(value * 100).normalize():f}%"
        rounded = value.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        if rounded != value and abs(rounded - value) > Decimal("1e-9"):
            return f"{text}（显示为{rounded}）"
        if self.suffix or (self.prefix and not self.prefix.isalnum()):
            return f"{self.prefix}{_plain_number(text)}{self.suffix}"
        if (self.prefix or len(text) < self.digits) and text.isdecimal():
            return self.prefix + text.zfill(self.digits)
        return None


_NOT_SHOWN = Form("", 0, 15, False, "（不显示）")
"""Of `;;;`, which hides a number from whoever looks: no column takes it for one."""


def form_of(code: str) -> Form | None:
    """Return how a number's format shows it; None where it is a date, a text, or shows all there is.

    Example:
        >>> form_of("00000"), form_of('"M"000').prefix, form_of("yyyy-mm-dd"), form_of("General")
        (Form(prefix='', digits=5, decimals=0, percent=False, suffix=''), 'M', None, None)
        >>> form_of(";;;").shows("5"), form_of("-0").shows("5"), form_of('"已清零"').shows("5")
        ('5（不显示）', '5（显示为负数）', '5（显示为“已清零”）')
    """
    if ";" in code and not code.replace(";", "").strip():
        return _NOT_SHOWN
    section = code.split(";")[0]
    words = [quoted or escaped for quoted, escaped in _PARTS.findall(section)]
    core = _PARTS.sub("", section).strip()
    if not core and (shown := "".join(words).strip()):
        return Form("", 0, 15, False, f"（显示为“{shown[:20]}”）")
    if core[:1] in ("-", "("):
        return Form("", 0, 15, False, "（显示为负数）")
    percent = "%" in core
    found = _NUMBER.fullmatch(core.replace("%", "").replace("¥", "").replace("$", "").strip(" -+()"))
    if found is None or not core:
        return None
    before = _PARTS.match(section)
    prefix = words[0] if before and words and words[0].isalnum() and words[0].isascii() else ""
    last = words[-1].strip() if words else ""
    # 箱 or 元 behind a number is not what 件 or 分 is: the column's reader knows.
    suffix = last if last and not prefix and section.rstrip().endswith((f'"{last}"', last)) else ""
    suffix = suffix if not suffix.isascii() else ""
    if money := _MONEY.search(section.replace("[$", "")):
        prefix, suffix = ("", "元") if money[0] == "元" else (money[0], "")
    whole, rest = found["whole"].replace(",", ""), found["rest"] or ""
    if not whole and not rest:
        return None
    return Form(prefix, whole.count("0"), len(rest), percent, suffix)


def form_of_number(number: int, codes: Mapping[int, str]) -> Form | None:
    """Return the form of a format by its number: one of the workbook's own, or a built-in one."""
    code = codes.get(number, _BUILT_IN.get(number, ""))
    return form_of(code) if code else None


def forms_in_xlsx(styles: bytes) -> dict[bytes, Form]:
    """Return the forms of a workbook's cell styles by their number, as cells name it."""
    codes = {}
    for number, code in _FORMAT.findall(styles):
        for entity, plain in _ENTITIES.items():
            code = code.replace(entity, plain)
        codes[int(number)] = code.decode("utf-8", "replace")
    found = {}
    for place, attributes in enumerate(_ONE_FORMAT.findall(section_of(styles, b"cellXfs"))):
        number = _ITS_NUMBER.search(attributes)
        form = form_of_number(int(number[1]), codes) if number else None
        if form is not None:
            found[b"%d" % place] = form
    return found


def show_in_xlsx(content: bytes, forms: Mapping[bytes, Form]) -> bytes:
    """Return a sheet's XML in which numbers that are shown otherwise are the texts that are shown."""
    if not forms or not any(b's="%b"' % style in content for style in forms):
        return content

    def shown(cell: re.Match[bytes]) -> bytes:
        form = forms.get(cell[3])
        if form is None or _TYPED.search(cell[2]):
            return cell[0]
        text = form.shows(_plain_number(cell[5].decode()))
        if text is None:
            return cell[0]
        name, prefix = cell[1], cell[1][:-1]
        attributes = re.sub(rb'\st="n"', b"", cell[2])
        return b'<%b%b t="str"><%bv>%b</%bv></' % (name, attributes, prefix, text.encode(), prefix)

    return _CELL.sub(shown, content)


def shown_otherwise(number: str, shown: str) -> str | None:
    """Return the text for a number beside which a file keeps what is shown; None where that is the same.

    Example:
        >>> shown_otherwise("101", "00101"), shown_otherwise("0.5", "50%"), shown_otherwise("5", "5 分")
        ('00101', '50%', '5分')
    """
    if _WITH_WORDS.fullmatch(shown):
        return "".join(shown.split())
    plain = shown.replace(",", "").replace("−", "-")
    if plain.endswith("%"):
        return shown
    try:
        value, seen = Decimal(number), Decimal(plain)
    except InvalidOperation:
        return shown if re.fullmatch(r"[A-Za-z]+\d+", shown) else None
    if plain.isdecimal() and len(plain) > 1 and plain[0] == "0" and value == seen:
        return plain
    decimals = max(0, -int(seen.as_tuple().exponent))
    return (
        f"{_plain_number(number)}（显示为{shown}）"
        if decimals < 9 and abs(value - seen) > Decimal("1e-9")
        else None
    )


def _plain_number(text: str) -> str:
    """Return a number without exponent or binary dust, as `workbooks` gives it."""
    try:
        value = float(text)
    except ValueError:
        return text
    if value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f")
