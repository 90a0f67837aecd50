"""What changed last in the household's books, and why, as one sentence."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import dates, ledger, spoken
from pointsbank.card_page.base import Section
from pointsbank.card_page.wording import reasons
from pointsbank.card_visits import CardVisit
from pointsbank.points import show


@dataclass(frozen=True, slots=True)
class Latest:
    """The last change: its day, why, the unit in words, and how much, signed hundredths."""

    day: date
    why: str
    unit: str
    amount: int

    @property
    def sentence(self) -> str:
        """The change as one sentence."""
        change = f"加了{show(self.amount)}分" if self.amount > 0 else f"减了{show(-self.amount)}分"
        return f"{dates.day_in_words(self.day)}，{self.why}：{self.unit}{change}。"


@dataclass(frozen=True, slots=True)
class Changes:
    """The last change; None where nothing ever changed."""

    last: Latest | None


def gather(session: Session, *, visit: CardVisit, at: datetime) -> Changes:
    """Return the last change of the visit's household."""
    here = {"village": visit.village, "participant": visit.participant}
    last = {
        unit: ledger.statement(session, **here, unit=unit, limit=1).lines
        for unit in (ledger.POINTS, ledger.HONOUR)
    }
    found = [(lines[0], unit) for unit, lines in last.items() if lines]
    if not found:
        return Changes(None)
    line, unit = max(found, key=lambda one: (one[0].index, one[1] == ledger.POINTS))
    both = [one for one, _ in found if one.index == line.index and one.amount == line.amount]
    named = "可用积分" if unit == ledger.POINTS else "荣誉积分"
    [why] = reasons(session, [line], visit=visit)
    named = "可用积分和荣誉积分各" if len(both) == 2 else named
    return Changes(Latest(line.occurred_on, why, named, line.amount))


def aloud(changes: Changes) -> str:
    """Return the last change as a voice says it."""
    found = changes.last
    if found is None:
        return ""
    change = "加了" if found.amount > 0 else "减了"
    what = f"{found.unit}{change}{spoken.amount(abs(found.amount))}"
    return f"最近一次变动：{spoken.day(found.day)}，{spoken.in_text(found.why)}，{what}。"


SECTION = Section(name="latest", title="最近一次变动", position=20, gather=gather, aloud=aloud)
