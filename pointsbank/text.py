"""Words as people type them: made uniform once, and refused where they would mislead the eye."""

import re
import unicodedata
from typing import Self

from pointsbank.errors import Invalid

ERASED = "（已删除）"
"""What stands where a person's words or name stood before they were erased."""

# Letters by category, but nothing of them can be seen: a name made of them looks empty on every list.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffd")

_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}

_INTERPUNCTS = str.maketrans(dict.fromkeys("•‧∙⋅・･．", "·"))

_HAN = "[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_BETWEEN_HAN = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
_AROUND_INTERPUNCT = re.compile(r"\s*·\s*")
_STOP_BETWEEN_HAN = re.compile(rf"(?<={_HAN})\s*\.\s*(?={_HAN})")
_CODE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff._/-]*")

# gb18030 files written before 2005 carry these characters at private places no font draws.
_OLD_PRIVATE_PLACES = str.maketrans(
    {
        "\ue81e": "\u9fb4",
        "\ue826": "\u9fb5",
        "\ue82b": "\u9fb6",
        "\ue82c": "\u9fb7",
        "\ue832": "\u9fb8",
        "\ue843": "\u9fb9",
        "\ue854": "\u9fba",
        "\ue864": "\u9fbb",
        "\ue863": "\u4dae",
    }
)


# Copied out of a PDF, many characters are the radicals of a dictionary: they look the same and are not.
_RADICALS = str.maketrans(
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
)


class TextInvalid(Invalid):
    """A text holds what cannot be shown, or is too long, or is missing."""

    code = "text_invalid"
    sentence = "{reason}"


def clean(text: str, *, maximum: int, lines: bool = False) -> str:
    """Return a text in one spelling: NFC, without space around it.

    Args:
        maximum: characters, after cleaning.
        lines: keep line breaks, each as one newline.

    Raises:
        TextInvalid: too long, or with characters that cannot be seen or must not be stored.
    """
    tidy = unicodedata.normalize("NFC", text.strip().translate(_OLD_PRIVATE_PLACES).translate(_RADICALS))
    if lines:
        tidy = tidy.replace("\r\n", "\n").replace("\r", "\n")
    if not tidy.isprintable() or not _INVISIBLE.isdisjoint(tidy):
        _refuse_hidden(tidy, lines)
    if len(tidy) > maximum:
        raise TextInvalid(reason=f"文字太长：最多{maximum}个字，现在有{len(tidy)}个字，请缩短。")
    return tidy


def clean_required(text: str, *, maximum: int, lines: bool = False) -> str:
    """Clean a text as `clean` does and require that something is left.

    Raises:
        TextInvalid: empty, too long, or with hidden characters.
    """
    tidy = clean(text, maximum=maximum, lines=lines)
    if not tidy:
        raise TextInvalid(reason="这一项不能为空，请填写。")
    return tidy


def narrow(text: str) -> str:
    """Make full-width letters, digits and signs, as a Chinese keyboard types them, ordinary.

    Example:
        >>> narrow("１２Ａ")
        '12A'
    """
    return text.translate(_NARROW).strip()


def clean_code(text: str, *, maximum: int = 32) -> str:
    """Return a code (户号, 编号) in ordinary width: letters, digits, Chinese characters and - _ . / only.

    Raises:
        TextInvalid: empty, longer than `maximum` characters, or with other characters.
    """
    tidy = clean_required(narrow(text), maximum=maximum)
    if not _CODE.fullmatch(tidy):
        reason = f"“{tidy}”不能作编号：只能用字母、数字、汉字和 - _ . /，请修改。"
        raise TextInvalid(reason=reason, at=("code",))
    return tidy


def one_interpunct(text: str) -> str:
    """Return a text with one kind of interpunct; a full stop between Chinese characters stands for it.

    Example:
        >>> one_interpunct("阿依古丽.买买提"), one_interpunct("A.1")
        ('阿依古丽·买买提', 'A.1')
    """
    return _STOP_BETWEEN_HAN.sub("·", text.translate(_INTERPUNCTS))


def clean_name(text: str, *, maximum: int = 60) -> str:
    """Return a name with one kind of interpunct and no padding between Chinese characters.

    Raises:
        TextInvalid: empty, longer than `maximum` characters, or with hidden characters.

    Example:
        >>> clean_name("王　明"), clean_name("阿依古丽•买买提"), clean_name("阿依古丽.买买提")
        ('王明', '阿依古丽·买买提', '阿依古丽·买买提')
    """
    tidy = clean_required(one_interpunct(text), maximum=maximum)
    return _AROUND_INTERPUNCT.sub("·", _BETWEEN_HAN.sub("", tidy))


def _refuse_hidden(text: str, lines: bool) -> None:
    """Name the first character that must not be stored."""
    for place, letter in enumerate(text, start=1):
        if letter == "\n" and lines:
            continue
        if letter in "\r\n\t\u2028\u2029":
            raise TextInvalid(reason=f"第{place}个字是换行或制表符，请删除后写在同一行。")
        if unicodedata.category(letter) in _FORBIDDEN or letter in _INVISIBLE:
            found = f"第{place}个字是看不见或无法识别的字符（U+{ord(letter):04X}）"
            raise TextInvalid(reason=f"{found}，请删除后重新输入。")


class Replaceable(str):
    """A text that has another one to stand in its place on paper, where no font draws it.

    Example:
        >>> Replaceable("王建国", "户号0101").instead
        '户号0101'
    """

    instead: str = ""

    def __new__(cls, text: str, instead: str = "") -> Self:
        """Return the text; without `instead` characters that are not drawn are marked one by one."""
        made = super().__new__(cls, text)
        made.instead = instead
        return made
