"""What a printed sheet declares about itself, and how any sheet is gathered and drawn.

A sheet has two halves. `gather` reads the village and returns a frozen value, already masked and already
worded; `draw` turns that value into PDF pages and asks nobody. A sheet that issues something has a third,
`finish`, which writes once the value is drawn. Everything a person or a program may choose is in one
marshmallow schema, from which the form, the command's options and the API's parameters are made.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import datetime
from enum import StrEnum
from itertools import cycle, islice
from typing import Any, BinaryIO, Generic, TypeVar

from pointsbank import law
from pointsbank.database import Database
from pointsbank.law import Cleared, Use
from pointsbank.printing import (
    BOLD,
    GREY,
    INK,
    PALE,
    SMALLEST,
    Field,
    Fonts,
    FontSet,
    Paper,
    Slip,
    Thermal,
    Undrawn,
    legible,
    printed_fields,
)
from pointsbank.publicity import PublicName
from pointsbank.schemas.base import read_fields
from pointsbank.schemas.options import Options
from pointsbank.slow_work import before_slow_work
from pointsbank.staff import Permission

SIGNED = 13.0
"""Millimetres from the line of one office to that of the next."""

PUNCTUATION = "年月日时分…：；·。、×—–+−"
"""Characters that prints add to the texts of their values: in days, between fields, and where one is cut."""


_NAMES = '王建国、王建国、买买提·艾力、曾䶮、单雪梅、<img src="/etc/x"/>、欧阳犇、李秀英、𬭎𬱖、㛃堃*喆'


def example_names(count: int) -> Iterator[PublicName]:
    """Yield names for an example: one twice, an interpunct, rare characters, one that looks like markup."""
    names = islice(cycle(_NAMES.split("、")), count)
    return (PublicName(name, f"户号{number:04}") for number, name in enumerate(names, start=1))


class CommonWords(StrEnum):
    """Wording that several sheets share."""

    POINT = "分"
    HOME = "{name}家"
    PHONE = "电话"
    PAGE = "第{page}页 共{pages}页"
    CONTINUED = "（续）"
    PUBLICITY = "公示期"
    SPAN = "{first}至{last}"
    OBJECTION = "有异议怎么办"
    OBJECTION_CHANNEL = (
        "{subject}有异议的，可向村民委员会或村务监督委员会口头、书面提出，{days}个工作日内书面答复。"
    )
    HOTLINE = "投诉电话"
    SEAL = "（盖章）"
    COMMITTEE = "{village}村民委员会"
    NUMBER = "〔{year}〕　　号"
    ATTACHMENT = "附件"


def place_name(name: str) -> Cleared:
    """Return the name of a village or group as it may be printed: nothing where a number stands in it."""
    return law.replace_unlawful(name, Use.PLACE)


def draw_seal(
    paper: Paper, middle: float, top: float, *, radius: float, thickness: float, size: float
) -> None:
    """Draw the dashed circle that the village's seal is put into: lengths in mm, `size` in points."""
    paper.ring(middle, top, radius=radius, thickness=thickness, ink=PALE)
    paper.text(middle, top + radius + 1.5, CommonWords.SEAL, size=size, ink=GREY, align=0.5)


def draw_signatures(
    paper: Paper, field: Field, top: float, *, heading: str, offices: Sequence[str], issuer: str, made: str
) -> None:
    """Draw a blank line for each office, and at the right the seal's place over who made it and the day."""
    paper.text(field.left, top + 5, heading, size=14, weight=BOLD)
    for place, office in enumerate(offices):
        y = top + 16 + place * SIGNED
        used = paper.text(field.left, y, office, size=11.5, fit=60)
        start = field.left + max(used + 3, 50)
        paper.line(start, y + 1, field.left + 112, y + 1, ink=INK, thickness=0.2)
    middle = field.left + field.wide - 28
    draw_seal(paper, middle, top + 4, radius=18, thickness=0.25, size=10.5)
    paper.text(middle, top + 48, issuer, size=12, weight=BOLD, align=0.5, fit=56, upward=True)
    paper.text(middle, top + 55, made, size=10.5, align=0.5, fit=56)


def texts_of(value: object) -> Iterator[str]:
    """Yield every text within a frozen dataclass, however deep in tuples and other dataclasses."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part)
    elif is_dataclass(value):
        for name in printed_fields(value):
            yield from texts_of(getattr(value, name))


class SheetValue:
    """What one print says: a frozen dataclass, already masked, already worded."""

    __slots__ = ()

    @property
    def description(self) -> str:
        """What was printed, as the start of a sentence: `12张积分卡`."""
        raise NotImplementedError

    @property
    def file_label(self) -> str:
        """Lower-case letters, digits, hyphens that tell this file from others of its sheet; never a name."""
        return ""

    @property
    def facts(self) -> Mapping[str, object]:
        """What a program that asked for the print is told about it."""
        return {}

    @property
    def roll_width(self) -> int:
        """How wide the roll is that a slip is printed on: 58 or 80 mm."""
        raise NotImplementedError

    @property
    def official(self) -> bool:
        """Whether it is drawn as an official document, in the faces of one."""
        return False


Value = TypeVar("Value", bound=SheetValue)


def _accept(public_url: str) -> None:
    """Accept any address: most sheets have no code that could be too long for it."""


@dataclass(frozen=True, kw_only=True)
class Sheet(Generic[Value]):
    """One kind of printed sheet.

    Args:
        name: as in `pointsbank print NAME`: lower-case letters, the name of the module that declares it.
        title: Chinese, a few characters: 月度海报.
        about: Chinese, one line for the help and the print page: size of the paper and what it is for.
        permission: what a person needs to print it.
        options: what may be chosen; every field says in `label` what it is.
        words: fixed wording; the fonts are cut to hold all of it.
        gather: `gather(session, *, village, by, at, public_url, **options)` returns the value to draw.
        draw: `draw(value, case, out)` writes the whole PDF into `out` and returns its number of pages, > 0.
        draw_picture: draws the same value as one page for a telephone, as `draw` does; None: it has none.
        put: `put(value, slip)` puts the same value on a slip part by part: it can go to a receipt printer,
            on a roll of `value.roll_width` mm; None: it is no slip.
        example: `example(households)` returns a value as a village of so many households would have it, for
            tests and the benchmark.
        writes: printing writes (cards are issued by printing them), so it is done by POST.
        finish: `finish(session, value, *, village, by, at)` writes that, once the value is drawn.
        outlook: `outlook(session, *, village, public_url, **options)` returns what will be printed,
            counted, one fact a sentence: the print page shows it before it prints.
        must_choose: names of options of which a person at the print page chooses at least one.
        check_address: `check_address(public_url)` raises a refusal when nothing could be printed with it.
        kept_days: files in the data directory's `out/` are removed after so many days.
        caution: Chinese, what whoever holds the file must know.
        read_from: metres from which it is read; capitals of names are 4 mm high for each of them.
        smallest: points; nothing on it is smaller. A sheet below 9 says why where it sets them.
        seconds: how long the benchmark's example may take to draw.
    """

    name: str
    title: str
    about: str
    permission: Permission
    options: type[Options]
    words: type[StrEnum]
    gather: Callable[..., Value]
    draw: Callable[[Value, FontSet, BinaryIO], int]
    example: Callable[[int], Value]
    writes: bool = False
    draw_picture: Callable[[Value, FontSet, BinaryIO], int] | None = None
    put: Callable[[Value, Slip], None] | None = None
    finish: Callable[..., None] | None = None
    outlook: Callable[..., tuple[str, ...]] | None = None
    must_choose: tuple[str, ...] = ()
    check_address: Callable[[str], None] = _accept
    kept_days: int = 7
    caution: str = ""
    read_from: float = 0.4
    smallest: float = SMALLEST
    seconds: float = 1.0

    def __post_init__(self) -> None:
        """Refuse an option that forms could not name.

        Raises:
            ValueError: a field of `options` has no `label`.
        """
        for name, field in self.options().fields.items():
            if "title" not in field.metadata:
                raise ValueError(f"sheet {self.name!r}: give the option {name!r} a label")

    def read_options(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Read options as typed (text, or a list of texts).

        Raises:
            FieldsInvalid: an option is unknown, missing or wrong.
        """
        return read_fields(self.options(), given)

    def gather_from(self, database: Database, **given: Any) -> Value:
        """Gather the value in one transaction of its own.

        Args:
            given: village, by, at, public_url, and options as `read_options` returns them.

        Raises the refusals of the sheet's own `gather`.
        """
        with database.reading() as session:
            return self.gather(session, **given)

    def finish_in(self, database: Database, value: Value, *, village: str, by: str, at: datetime) -> None:
        """Write what printing this value writes, after it was drawn: a print that fails issues nothing.

        Raises the refusals of the sheet's own `finish`.
        """
        if self.finish is not None:
            with database.writing() as session:
                self.finish(session, value, village=village, by=by, at=at)

    def legible(self, value: Value, *, fonts: Fonts) -> tuple[Value, tuple[Undrawn, ...]]:
        """Return the value with 户号 for names that no font draws, 〓 in other texts; and what changed."""
        return legible(value, fonts.lacking)

    def render(self, value: Value, *, fonts: Fonts, out: BinaryIO, as_picture: bool = False) -> int:
        """Write the PDF into `out` and return its number of pages; nothing is written when it is refused.

        What no font draws is exchanged first, as `legible` says.

        Args:
            as_picture: by `draw_picture`, which the sheet must have.
        """
        draw = self.draw_picture if as_picture and self.draw_picture is not None else self.draw
        before_slow_work("drawing a PDF")
        value, _ = self.legible(value, fonts=fonts)
        opened = fonts.opened_official if value.official else fonts.opened
        with opened(self.texts(value)) as case:
            return draw(value, case, out)

    def thermal(self, value: Value, *, fonts: Fonts) -> bytes:
        """Return the slip as the bytes that a receipt printer takes (ESC/POS).

        Raises:
            ValueError: the sheet is no slip.
        """
        if self.put is None:
            raise ValueError(f"the sheet {self.name!r} is no slip")
        before_slow_work("drawing a slip")
        value, _ = self.legible(value, fonts=fonts)
        with fonts.opened(self.texts(value)) as case:
            slip = Thermal(case, width=value.roll_width)
            self.put(value, slip)
            return slip.finish()

    def texts(self, value: Value) -> list[str]:
        """Return every text that a print of this value may hold: what its faces are cut for."""
        return [PUNCTUATION, *CommonWords, *self.words, *texts_of(value)]

    def file_name(self, value: Value, ending: str = ".pdf") -> str:
        """Return the name of the file: `poster-2026-09.pdf`.

        Raises:
            ValueError: the value's label could be somebody's name.
        """
        if not re.fullmatch("[0-9a-z-]*", value.file_label):
            raise ValueError(f"{value.file_label!r} does not belong into a file name")
        return "-".join(filter(None, (self.name, value.file_label))) + ending
