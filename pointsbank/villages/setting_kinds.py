"""Kinds of settings: each checks a value, reads it as people type it, and shows it with its unit."""

import re
from dataclasses import dataclass, field

from pointsbank import points, text
from pointsbank.errors import Invalid
from pointsbank.labels import Labels
from pointsbank.labels.village_setting import VILLAGE_SETTING

Value = int | str | None

# Hyphens and dashes that keyboards and other programs type; brackets and commas of both widths. Three digits
# at least, as 110 has: a dash alone would be printed as the number to call.
_NUMBERS = re.compile(r"(?:(?=(?:[^0-9]*[0-9]){3})[0-9+()\-–—/、,，;； 转]+)?")


class VillageSettingInvalid(Invalid):
    """The value is out of bounds, or not of the setting's kind."""

    code = "village_setting_invalid"
    sentence = "{name}不能设为“{given}”，{why}。"
    fixed_by = "管理员"
    at = ("value",)


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes:
        name: the column of the table; for programs and the command line.
        note: what it decides.
        effect: from when on a change counts, and for what it does not.
        subject: the page it stands on, a code of `labels.setting_subject`.
        source: by which law or whose practice there is such a setting, as a sentence.
        shows: where its value can be seen, codes of `labels.setting_place`; never empty.
    """

    name: str
    note: str
    effect: str
    subject: str = field(kw_only=True)
    source: str = field(kw_only=True)
    shows: tuple[str, ...] = field(kw_only=True)

    @property
    def label(self) -> str:
        """The setting's Chinese name."""
        return VILLAGE_SETTING.name(self.name)

    @property
    def unit(self) -> str:
        """The unit of its values, in words; nothing for words."""
        return ""

    @property
    def bounds(self) -> str:
        """Which values it takes, in words."""
        raise NotImplementedError

    def read(self, typed: str) -> Value:
        """Return the value that was typed, in bounds.

        Raises:
            VillageSettingInvalid: it is not one, or out of bounds.
        """
        raise NotImplementedError

    def check(self, value: Value) -> None:
        """Refuse a value that is out of bounds.

        Raises:
            VillageSettingInvalid: it is.
        """
        if not self.allows(value):
            raise VillageSettingInvalid(name=self.label, given=str(value)[:20], why=f"应为{self.bounds}")

    def allows(self, value: Value) -> bool:
        """Return whether a value is of its kind and within its bounds."""
        raise NotImplementedError

    def show(self, value: Value) -> str:
        """Return a value with its unit, as people read it."""
        raise NotImplementedError

    def typed(self, value: Value) -> str:
        """Return a value as it is typed."""
        return "" if value is None else str(value)

    def _invalid(self, typed: str) -> VillageSettingInvalid:
        return VillageSettingInvalid(name=self.label, given=typed[:20], why=f"应为{self.bounds}")


@dataclass(frozen=True)
class Number(Setting):
    """A whole number of something, both bounds included."""

    counted: str
    minimum: int
    maximum: int

    @property
    def unit(self) -> str:
        """What is counted."""
        return self.counted

    @property
    def bounds(self) -> str:
        """The two bounds."""
        return f"{self.minimum}至{self.maximum}的整数"

    def read(self, typed: str) -> Value:
        """Return the number."""
        plain = text.narrow(typed)
        if not re.fullmatch(r"\d{1,9}", plain, re.ASCII) or not self.allows(int(plain)):
            raise self._invalid(typed)
        return int(plain)

    def allows(self, value: Value) -> bool:
        """Return whether it is a number within the bounds; True is none."""
        return type(value) is int and self.minimum <= value <= self.maximum

    def show(self, value: Value) -> str:
        """Return e.g. 3天."""
        return f"{value}{self.counted}"


@dataclass(frozen=True)
class Amount(Setting):
    """Points, in hundredths; where there need be none, None means that there is no limit."""

    minimum: int
    maximum: int = 10**11
    optional: bool = False

    @property
    def unit(self) -> str:
        """Points."""
        return "分"

    @property
    def bounds(self) -> str:
        """The two bounds in points."""
        low, high = points.show(self.minimum), points.show(self.maximum)
        return f"{low}至{high}的分数，最多两位小数" + ("，不限请留空" if self.optional else "")

    def read(self, typed: str) -> Value:
        """Return the amount in hundredths; None for nothing, where nothing is allowed."""
        plain = text.narrow(typed)
        if not plain and self.optional:
            return None
        try:
            amount = points.parse(plain)
        except points.PointsInvalid:
            raise self._invalid(typed) from None
        if not self.allows(amount):
            raise self._invalid(typed)
        return amount

    def allows(self, value: Value) -> bool:
        """Return whether it is an amount within the bounds, or none where none is allowed."""
        if value is None:
            return self.optional
        whole = isinstance(value, int) and not isinstance(value, bool)
        return whole and self.minimum <= int(value) <= self.maximum

    def show(self, value: Value) -> str:
        """Return e.g. 50分."""
        return "不限" if value is None else f"{points.show(int(value))}分"

    def typed(self, value: Value) -> str:
        """Return the amount in points."""
        return "" if value is None else points.show(int(value))


@dataclass(frozen=True)
class OneOf(Setting):
    """One of a closed list."""

    words: Labels

    @property
    def choices(self) -> dict[str, str]:
        """The codes with their words, in order."""
        return self.words.names

    @property
    def bounds(self) -> str:
        """The words."""
        return "、".join(f"“{word}”" for word in self.choices.values()) + "之一"

    def read(self, typed: str) -> Value:
        """Return the code that a word or the code itself stands for."""
        code = self.words.code(typed.strip())
        if code is None:
            raise self._invalid(typed)
        return code

    def allows(self, value: Value) -> bool:
        """Return whether it is one of the codes."""
        return value in self.choices

    def show(self, value: Value) -> str:
        """Return the word."""
        return self.words.name(str(value))


@dataclass(frozen=True)
class Heading(Setting):
    """Words in one line that are printed below a Chinese heading, in another language; empty prints none."""

    maximum: int

    @property
    def bounds(self) -> str:
        """The longest."""
        return f"一行字，不超过{self.maximum}个字，不印请留空"

    def read(self, typed: str) -> Value:
        """Return the words in one spelling."""
        try:
            return text.clean(typed, maximum=self.maximum)
        except text.TextInvalid:
            raise self._invalid(typed) from None

    def allows(self, value: Value) -> bool:
        """Return whether it is such a line."""
        return isinstance(value, str) and len(value) <= self.maximum and value.isprintable()

    def show(self, value: Value) -> str:
        """Return the words, or that there are none."""
        return str(value) or "（不印）"


@dataclass(frozen=True)
class Telephones(Setting):
    """Telephone numbers on one line, which hang in public: no word about anybody; empty is not printed."""

    maximum: int

    @property
    def bounds(self) -> str:
        """What numbers are written with, and the longest."""
        return (
            f"电话号码，至少3个数字，只用数字、空格、括号、横线、顿号、逗号和转字，不超过{self.maximum}个字"
        )

    def read(self, typed: str) -> Value:
        """Return the numbers without space around them."""
        plain = text.narrow(typed)
        if not self.allows(plain):
            raise self._invalid(typed)
        return plain

    def allows(self, value: Value) -> bool:
        """Return whether it is short and holds nothing but numbers."""
        return isinstance(value, str) and len(value) <= self.maximum and bool(_NUMBERS.fullmatch(value))

    def show(self, value: Value) -> str:
        """Return the numbers, or that there are none."""
        return str(value) or "（不印）"
