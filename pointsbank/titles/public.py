"""Titles as the public sees them: masked names of who has one, what hangs as a notice, one without a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import boards, governing, law, publicity, roster
from pointsbank.dates import day_of
from pointsbank.law import Cleared, People, Use
from pointsbank.publicity import NAMED, PublicName
from pointsbank.titles.awarding import restricted_holders
from pointsbank.titles.kinds import TitleKind, kinds_on
from pointsbank.titles.reading import Title, TitleUnknown, title, titles
from pointsbank.titles.rules import share_in_words
from pointsbank.titles.states import FAILING, HANGING, LOST, STANDING, VOTED, WITHDRAWN

UP = (STANDING, FAILING)
"""The plate is on the door."""


@dataclass(frozen=True, slots=True)
class PublicTitle:
    """One title as it is shown: to whom it is, what for, and since when; `until`: of a notice."""

    name: PublicName
    of: PublicName | None
    group: Cleared
    reason: Cleared
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PublicKind:
    """One kind of title, who has it and who hangs as a notice; `share` in words."""

    name: Cleared
    rule: tuple[str, ...]
    criteria: tuple[Cleared, ...]
    benefits: tuple[Cleared, ...]
    holders: tuple[PublicTitle, ...]
    hanging: tuple[PublicTitle, ...]
    share: str


@dataclass(frozen=True, slots=True)
class PublicPlate:
    """What the code on a plate leads to: which title, and whether it stands; nobody's name.

    `state`: standing, off (the plate is off), or over.
    """

    title: Cleared
    number: int
    state: str
    given_on: date
    since: date


def public_titles(session: Session, *, village: str, at: datetime) -> tuple[PublicKind, ...]:
    """Return every kind of title that is in force, with who has it and who hangs, as both may be shown.

    While its notice runs nobody is shown in full. Nobody is shown before it hangs, while an objection is
    open, once a plate is off, or while a veto or a bar keeps it from titles, who left the boards, or whose
    household has ended.

    Example:
        titles.public_titles(session, village="chayuan", at=now)[0].holders[0].name  # "王*国"
    """
    today = day_of(at)
    in_force = kinds_on(session, village=village, day=today)
    if not in_force:
        return ()
    shown = shown_titles(session, village=village, at=at)
    namer = Namer.of(session, village=village, at=at)
    households = _households(session, village, in_force)
    found = []
    for kind in in_force:
        mine = [one for one in shown if one.kind.name == kind.name]
        up = [one for one in mine if one.state in UP]
        hanging = [one for one in mine if one.state == HANGING]
        found.append(
            PublicKind(
                name=namer.cleared(kind.name, Use.HEADING),
                rule=tuple(kind.in_words),
                criteria=tuple(namer.cleared(words, Use.HEADING) for words in kind.criteria),
                benefits=tuple(namer.cleared(one.words, Use.HEADING) for one in kind.benefits),
                holders=tuple(namer.shown(one, number) for number, one in enumerate(up, start=1)),
                hanging=tuple(namer.posted(one, number) for number, one in enumerate(hanging, start=1)),
                share=_share(kind, len(up), households),
            )
        )
    return tuple(found)


def shown_titles(session: Session, *, village: str, at: datetime) -> list[Title]:
    """Return the titles that may be shown to everybody at a moment: with the plate up, or hanging.

    Example:
        len(titles.shown_titles(session, village="chayuan", at=now))  # 12
    """
    today = day_of(at)
    return [
        one
        for one in _showable(session, (*UP, HANGING), village=village, at=at)
        if one.state != HANGING or (one.hung is not None and today <= (one.hung.until_on or today))
    ]


def titles_to_print(session: Session, *, village: str, at: datetime) -> list[Title]:
    """Return the titles that the paper of a notice names at a moment: voted, or hanging already.

    Example:
        len(titles.titles_to_print(session, village="chayuan", at=now))  # 3
    """
    return _showable(session, (VOTED, HANGING), village=village, at=at)


def _showable(session: Session, states: Sequence[str], *, village: str, at: datetime) -> list[Title]:
    """Return titles in these states of whom nothing says that they may not be shown."""
    hidden = restricted_holders(session, village=village, at=at) | set(
        boards.who_left(session, village=village)
    )
    return [
        one
        for one in titles(session, village=village, states=states)
        if one.participant.id not in hidden and one.participant.status == "active" and not one.contested
    ]


def plate(session: Session, *, village: str, title_id: str) -> PublicPlate:
    """Return what the code on the plate of a title leads to; one that was never given is not there.

    Raises:
        TitleUnknown: there is none, or it was not given.

    Example:
        titles.plate(session, village="chayuan", title_id=id).state  # "standing"
    """
    one = title(session, village=village, title_id=title_id)
    if one.given_on is None:
        raise TitleUnknown()
    people = governing.named_people(session, village=village)
    stands = one.state in UP and one.participant.status == "active"
    over = one.state in (LOST, WITHDRAWN) or one.participant.status != "active"
    return PublicPlate(
        title=law.replace_unlawful(one.kind.name, Use.HEADING, people=people),
        number=one.number,
        state="standing" if stands else "over" if over else "off",
        given_on=one.given_on,
        since=one.since,
    )


def shares(session: Session, kinds: Sequence[TitleKind], *, village: str) -> dict[str, str]:
    """Return by name of a kind with a goal which share of the households has it now, whoever may see whom.

    Example:
        titles.shares(session, kinds, village="chayuan")  # {"清洁户": "占全村42%，目标60%"}
    """
    households = _households(session, village, kinds)
    if not households:
        return {}
    up = titles(session, village=village, states=UP)
    return {
        one.name: words
        for one in kinds
        if (words := _share(one, sum(each.kind.name == one.name for each in up), households))
    }


def _households(session: Session, village: str, kinds: Sequence[TitleKind]) -> int:
    """Return how many households the village has, where a share of them is a goal; else 0."""
    # A thousand households are read only where somebody asks for a share of them.
    people = roster.everyone(session, village=village) if any(one.share for one in kinds) else ()
    return sum(one.kind == "household" and one.status == "active" for one in people)


def _share(kind: TitleKind, count: int, households: int) -> str:
    """Return which share of the households has it, where the village set itself a goal."""
    if kind.holder != "household" or kind.share is None:
        return ""
    return share_in_words(count, households, kind.share)


@dataclass(frozen=True, slots=True)
class Namer:
    """How the holders of titles are named in public: by consent, else masked; words only as they may hang."""

    wishes: Mapping[str, str]
    people: People
    groups: dict[str, Cleared]

    @classmethod
    def of(cls, session: Session, *, village: str, at: datetime) -> "Namer":
        """Read consents and the village's people once."""
        people = governing.named_people(session, village=village)
        groups = publicity.public_groups(session, village=village, people=people)
        return cls(publicity.wishes_at(session, village=village, at=at), people, groups)

    def cleared(self, words: str, use: Use) -> Cleared:
        """Return words as they may hang; nothing where they may not any more."""
        return law.replace_unlawful(words, use, people=self.people)

    def shown(self, one: Title, position: int) -> PublicTitle:
        """Return a title as it is shown; `position` among those shown, >= 1."""
        home = publicity.public_name(
            one.participant, self.wishes.get(one.participant.id), position, people=self.people
        )
        person = self.person(one, position) if one.person else None
        return PublicTitle(
            name=person or home,
            of=home if person is not None else None,
            group=self.groups.get(one.participant.group, law.NOTHING),
            reason=self.cleared(one.reason, Use.DEED),
            since=one.given_on or one.since,
        )

    def posted(self, one: Title, position: int) -> PublicTitle:
        """Return a title whose notice runs: nobody in full, whatever was agreed, and no words about them."""
        home = publicity.public_name(one.participant, None, position, people=self.people)
        person = _Person(one.person, one.participant.kind, one.participant.code)
        masked = publicity.public_name(person, None, position, people=self.people) if one.person else None
        return PublicTitle(
            name=masked or home,
            of=home if masked is not None else None,
            group=self.groups.get(one.participant.group, law.NOTHING),
            reason=law.NOTHING,
            since=one.since,
            until=one.hung.until_on if one.hung is not None else None,
        )

    def person(self, one: Title, position: int) -> PublicName:
        """Return how the person of a title is shown: in full only by that person's own signature."""
        agreed = NAMED if one.agreed_on is not None else None
        person = _Person(one.person, one.participant.kind, one.participant.code)
        return publicity.public_name(person, agreed, position, people=self.people)


def name_in_hand(one: Title) -> str:
    """Return the name on a paper that goes into a hand: in full, masked once its person took that back.

    Example:
        titles.name_in_hand(one)  # "赵*兰"
    """
    if not one.name_withdrawn:
        return one.person or one.participant.name
    return publicity.public_name(_Person(one.person, one.participant.kind, one.participant.code), None, 1)


@dataclass(frozen=True, slots=True)
class _Person:
    """A person of a household, as `public_name` asks for one."""

    name: str
    kind: str
    code: str
