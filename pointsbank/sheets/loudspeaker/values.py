"""What is read out over the village's loudspeaker, and its fixed wording."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pointsbank.dates import month_in_words
from pointsbank.law import Cleared
from pointsbank.market import Hours
from pointsbank.points import Points
from pointsbank.publicity import PublicName
from pointsbank.sheets.base import SheetValue


class Words(StrEnum):
    """Fixed wording of the sheet; what is read aloud stands in `sentences`."""

    TITLE = "大喇叭广播稿"
    ABOUT = "照着念，一句一停。没有同意公开姓名的户，只念小组和姓，不念名字；黑榜不上广播。"
    LENGTH = "约{seconds}秒，{characters}个字"


@dataclass(frozen=True, slots=True)
class Praised:
    """Who stands on the red board as it may be spoken: a group, and a name, a surname, or neither."""

    group: Cleared
    name: PublicName | None = None
    surname: str = ""


@dataclass(frozen=True, slots=True)
class OnDisplay:
    """A paper that hangs in notice: its title, and its last day."""

    title: Cleared
    ends_on: date


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What becomes of a year's points soon: a code of `labels.year_end_points`, the day, what may stay."""

    year: int
    due_on: date
    kind: str
    ceiling: Points | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a month's text is made of.

    `households`: how many were scored; `issued` and `redeemed` hundredths of a point; `phone` digits or
    empty; `place` and `meeting_on`: the next meeting, None where none is called; `prices`: goods whose price
    changed this month, each with its price now; `left_over`: what becomes of points soon, if anything does.
    """

    village: Cleared
    month: str
    households: int
    issued: Points
    redeemed: Points
    red: tuple[Praised, ...]
    notices: tuple[OnDisplay, ...]
    working_days: int
    phone: str
    meeting_on: date | None
    place: Cleared
    hours: tuple[Hours, ...]
    prices: tuple[tuple[Cleared, Points], ...]
    left_over: LeftOver | None = None


@dataclass(frozen=True, slots=True)
class Loudspeaker(SheetValue):
    """A month's text, sentence by sentence: characters and pauses alone."""

    month: str
    sentences: tuple[str, ...]

    @property
    def description(self) -> str:
        """Which month's text it is."""
        return f"{month_in_words(self.month)}的广播稿"

    @property
    def file_label(self) -> str:
        """The month."""
        return self.month

    @property
    def facts(self) -> dict[str, object]:
        """The month, and the text itself."""
        return {"month": self.month, "text": self.text}

    @property
    def text(self) -> str:
        """The whole text, one sentence a line."""
        return "\n".join(self.sentences)

    @property
    def characters(self) -> int:
        """How many characters are read."""
        return sum(map(len, self.sentences))

    @property
    def seconds(self) -> int:
        """How long it takes to read, at four characters a second."""
        return -(-self.characters // 4)
