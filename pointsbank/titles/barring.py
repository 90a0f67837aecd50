"""Until when a household may not stand for a title that was lost: its own loss, or of one that it took in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sqlmodel import Session

from pointsbank import ledger, roster
from pointsbank.dates import day_in_words
from pointsbank.titles.reading import Title, titles
from pointsbank.titles.rules import check_not_barred
from pointsbank.titles.states import LOST


@dataclass(frozen=True, slots=True)
class TitleBar:
    """A title for which a household may not stand before a day; `along` from whom it came, None: its own."""

    title: str
    until: date
    along: roster.Participant | None

    @property
    def in_words(self) -> str:
        """As pages say it: 并入的张家（0102）失去过“清洁户”，本户2027年10月12日起才能再参评。"""
        whose = f"并入的{self.along.name}（{self.along.code}）" if self.along else "本户"
        return f"{whose}失去过“{self.title}”，本户{day_in_words(self.until)}起才能再参评。"


def check_lost(
    session: Session,
    kind: str,
    who: roster.Participant,
    known: Sequence[Title],
    *,
    village: str,
    today: date,
) -> None:
    """Refuse a title of this name for a household that lost one, or took one in that did, until its day.

    Args:
        known: every title of this name in the village; others do no harm.

    Raises:
        TitleBarred: that day is yet to come.

    Example:
        check_lost(session, "清洁户", wang, found, village="chayuan", today=today)
    """
    # Whoever of it lost it: a name typed otherwise would go round the time for which the rule bars.
    same = [one for one in known if one.kind.name == kind]
    for bar in _by_household(session, same, village=village).get(who.id, ()):
        home = f"{who.name}（{who.code}）"
        whose = f"并入{home}的{bar.along.name}（{bar.along.code}）" if bar.along else home
        check_not_barred([bar.until], today, who=whose, title=kind)


def bars_of(session: Session, *, village: str, participant: str, today: date) -> list[TitleBar]:
    """Return for which titles a household (id) may not stand yet, its own losses first.

    Example:
        titles.bars_of(session, village="cy", participant=wang.id, today=today)[0].until  # date(2027, 10, 12)
    """
    every = ledger.kept(
        session,
        village=village,
        about="title bars",
        make=lambda: _by_household(session, titles(session, village=village, states=[LOST]), village=village),
        size=len,
        but_sales=True,
    )
    return [one for one in every.get(participant, ()) if today < one.until]


def _by_household(
    session: Session, known: Sequence[Title], *, village: str
) -> Mapping[str, tuple[TitleBar, ...]]:
    """Return by household (id) what the losses among these titles keep it from, past ones too."""
    lost = [(one, until) for one in known if (until := one.barred_until) is not None]
    # Becoming part of another household would go round it as well: the bar goes where its people went.
    ended = any(one.participant.status == "closed" for one, _ in lost)
    into = ledger.heirs(session, village=village) if ended else {}
    found: dict[str, list[TitleBar]] = {}
    for one, until in lost:
        found.setdefault(one.participant.id, []).insert(0, TitleBar(one.kind.name, until, None))
        for heir in _heirs_of(one.participant.id, into):
            found.setdefault(heir, []).append(TitleBar(one.kind.name, until, one.participant))
    return MappingProxyType({id: tuple(bars) for id, bars in found.items()})


def _heirs_of(participant: str, into: Mapping[str, str]) -> list[str]:
    """Return into whom (ids) a household went, and those into whom they went."""
    found: list[str] = []
    while (heir := into.get(participant)) is not None and heir not in found:
        found.append(heir)
        participant = heir
    return found
