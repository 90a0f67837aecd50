"""From a nomination to the plate on the door: checked, voted, hung as a notice, given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from pointsbank import roster, scoring, villages
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.text import clean, clean_required
from pointsbank.titles.barring import check_lost
from pointsbank.titles.kinds import TitleKind
from pointsbank.titles.nominating import TITLES as RESTRICTED_KIND
from pointsbank.titles.nominating import check_eligible
from pointsbank.titles.notice_papers import check_hung_whole, put_up_paper
from pointsbank.titles.reading import Title, checks, taken, title, titles
from pointsbank.titles.recording import NewStep, add_steps, lawful, locked_title
from pointsbank.titles.rules import check_cast, check_notice_over, check_quota
from pointsbank.titles.states import CHECKED, GIVEN, HUNG, STANDING, VOTED
from pointsbank.walls import A4

LARGEST_VOTE = 100
"""So many titles are voted on, or hung, at once."""


class TitleChecksInvalid(Invalid):
    """Not every criterion was looked at, or one that the rule does not have."""

    code = "title_checks_invalid"
    sentence = "“{title}”有{count}个条件，请每一个都选“够”或“不够”。"
    fixed_by = "本人"


class TitleContested(Refused):
    """An objection waits for its answer."""

    code = "title_contested"
    sentence = "{who}的“{title}”有异议还没有答复，答复以前不能授牌。"
    fixed_by = "监督委员会"


class TitleVotesMissing(Invalid):
    """No title is voted on, too many are, or one twice."""

    code = "title_votes_missing"
    sentence = "请至少选一个、最多{most}个称号，每个只选一次，再登记。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Vote:
    """What was voted on one title: for it, against it, each >= 0; a majority is for it."""

    title_id: str
    votes_for: int
    votes_against: int

    @property
    def passed(self) -> bool:
        """Whether more were for it."""
        return self.votes_for > self.votes_against


def check(
    session: Session,
    *,
    village: str,
    title_id: str,
    met: Mapping[int, bool],
    seen_by: str = "",
    words: str = "",
    on: date | None = None,
    by: str,
    at: datetime,
) -> Title:
    """Record for each criterion whether it is met: before the vote, or when it is looked at again.

    Locks the village. A title that stands and meets them all is looked at again after its months. The same
    twice is one.

    Args:
        met: by number of the criterion, all of them.
        seen_by: who looked, up to 60 characters; stays inside.
        words: what is missing, up to 200 characters.
        on: the day, today unless it is given.

    Raises:
        TitleUnknown: there is none.
        TitleChecksInvalid: a criterion is missing, or is none of the rule's.
        TitleStands: it is over, or voted and not given yet.
        ParticipantClosed, TitleAway, TitleBoardsLeft, ParticipantRestricted:
            as `nominate`, before it is given.
        TitleDayInvalid: the day is before the last step, or yet to come.
        TextInvalid: a text is too long.
        Wording, NamesSomebody: the words say what is said of nobody, or name somebody; as `law.check`.

    And those of `villages.lock` and `ledger.record_many`.

    Example:
        titles.check(session, village="cy", title_id=id, met={1: True, 2: True}, by="li", at=now).state
    """
    one = locked_title(session, village, title_id)
    if sorted(met) != list(range(1, len(one.kind.criteria) + 1)):
        raise TitleChecksInvalid(title=one.kind.name, count=len(one.kind.criteria))
    if not one.is_given:
        check_eligible(session, one.participant, village=village, at=at)
    day = on or day_of(at)
    is_met = all(met.values())
    step = NewStep(
        CHECKED,
        on=day,
        met=is_met,
        until=next_review(one.kind, day) if is_met and one.state in (STANDING, "failing") else None,
        words=lawful(session, village, words, "说明", "words"),
        seen_by=clean(seen_by, maximum=60),
        checks=sorted(met.items()),
    )
    if _is_repeated(session, one, step, village=village, by=by):
        return one
    add_steps(session, [(one, step)], village=village, by=by, at=at)
    return title(session, village=village, title_id=title_id)


def vote(
    session: Session, *, village: str, votes: Sequence[Vote], on: date | None = None, by: str, at: datetime
) -> list[Title]:
    """Record one vote on one or many titles, within the number that the village resolved; all or none.

    Locks the village.

    Args:
        on: the day of the vote, today unless it is given.

    Raises:
        TitleVotesMissing: there is none, too many, or one twice.
        TitleUnknown: one is none of the village's.
        TitleStands: one does not wait for a vote.
        TitleVotesInvalid: nobody voted, or more did than the village has people.
        TitleQuotaFull: more would have it than the village resolved.
        TitleBarred: one that passed is of a household that lost this title meanwhile.
        ParticipantClosed, TitleAway, TitleBoardsLeft, ParticipantRestricted:
            as `nominate`, of one that passed.
        TitleDayInvalid: the day is before a last step, or yet to come.

    And those of `villages.lock` and `ledger.record_many`.

    Example:
        titles.vote(session, village="cy", votes=[titles.Vote(id, 9, 1)], by="zhao", at=now)[0].state
    """
    ids = [one.title_id for one in votes]
    _check_several(ids)
    villages.lock(session, village=village)
    known = titles(session, village=village)
    found = [title(session, village=village, title_id=one) for one in ids]
    check_cast([(one.votes_for, one.votes_against) for one in votes], _people(session, village))
    passed = [one for one, vote in zip(found, votes, strict=True) if vote.passed]
    # Each keeps the number of the rule under which it was nominated.
    for kind in {one.kind.id: one.kind for one in passed}.values():
        more = sum(one.kind.name == kind.name for one in passed)
        check_quota(kind.name, kind.quota, taken=taken(known).get(kind.name, 0), more=more)
    for one in passed:
        check_eligible(session, one.participant, village=village, at=at)
        check_lost(session, one.kind.name, one.participant, known, village=village, today=day_of(at))
    steps = [
        (one, NewStep(VOTED, on=on, met=each.passed, votes=(each.votes_for, each.votes_against)))
        for one, each in zip(found, votes, strict=True)
    ]
    add_steps(session, steps, village=village, by=by, at=at)
    return [title(session, village=village, title_id=one) for one in ids]


def hang(
    session: Session,
    *,
    village: str,
    title_ids: Sequence[str],
    place: str,
    size: str = A4,
    on: date | None = None,
    by: str,
    at: datetime,
) -> list[Title]:
    """Record that the notice of these titles hangs in a place; its days begin with the day after.

    It is one paper on that wall, to be taken down on the day after its last day. Locks the village.

    Args:
        place: 1 to 60 characters.
        size: a code of `labels.paper_size`.
        on: since which day, today unless it is given.

    Raises:
        TitleVotesMissing: there is none, too many, or one twice.
        TitleUnknown: one is none of the village's.
        TitleStands: one was not voted, or hangs already.
        TitleDayInvalid: the day is before the vote, or yet to come.
        TextInvalid: the place is empty or too long.
        SizeInvalid: the size is none of the list.
        CopyStands, WallDayInvalid: raised by `walls.put_up`, and not here.

    And those of `villages.lock` and `ledger.record_many`.

    Example:
        titles.hang(session, village="cy", title_ids=[id], place="村务公开栏", by="li", at=now)[0].state
    """
    _check_several(title_ids)
    villages.lock(session, village=village)
    where, day = clean_required(place, maximum=60), on or day_of(at)
    found = [title(session, village=village, title_id=one) for one in title_ids]
    steps = [
        # Civil Code art. 201: the day on which something begins is not counted.
        (one, NewStep(HUNG, on=day, until=day + timedelta(days=one.kind.notice_days), place=where))
        for one in found
    ]
    add_steps(session, steps, village=village, by=by, at=at)
    hung = [title(session, village=village, title_id=one) for one in title_ids]
    put_up_paper(session, hung, village=village, place=where, size=size, hung_on=day, by=by, at=at)
    return hung


def give(
    session: Session, *, village: str, title_id: str, on: date | None = None, by: str, at: datetime
) -> Title:
    """Record that certificate and plate were given, once the notice has run and nothing stands against it.

    Locks the village.

    Args:
        on: the day, today unless it is given.

    Raises:
        TitleUnknown: there is none.
        TitleNoticeRuns: its notice still hangs on that day.
        TitleNoticeShort: its papers came off before they had hung their days.
        TitleContested: an objection waits for its answer.
        ParticipantClosed, TitleAway, TitleBoardsLeft, ParticipantRestricted: as `nominate`.
        TitleBarred: the household lost this title meanwhile, or took in one that did.
        TitleStands: it does not hang.
        TitleDayInvalid: the day is before it was hung, or yet to come.

    And those of `villages.lock` and `ledger.record_many`.

    Example:
        titles.give(session, village="cy", title_id=id, by="li", at=now).state  # "standing"
    """
    one = locked_title(session, village, title_id)
    day = on or day_of(at)
    if one.hung is not None and one.hung.until_on is not None and not one.is_given:
        check_notice_over(one.hung.until_on, day)
        check_hung_whole(session, one, village=village, by=day, at=at)
    if one.contested:
        raise TitleContested(who=one.who, title=one.kind.name)
    check_eligible(session, one.participant, village=village, at=at)
    alike = titles(session, village=village, name=one.kind.name)
    check_lost(session, one.kind.name, one.participant, alike, village=village, today=day_of(at))
    step = NewStep(GIVEN, on=day, until=next_review(one.kind, day))
    add_steps(session, [(one, step)], village=village, by=by, at=at)
    return title(session, village=village, title_id=title_id)


def _is_repeated(session: Session, one: Title, step: NewStep, *, village: str, by: str) -> bool:
    """Return whether the last step of a title is this very look, as a request sent twice would have it."""
    last = one.steps[-1] if one.steps else None
    if last is None or last.kind != CHECKED or last.recorded_by != by:
        return False
    if (last.day, last.words, last.seen_by) != (step.on, step.words, step.seen_by):
        return False
    return checks(session, village=village, title_id=one.id)[last.number] == dict(step.checks)


def restricted_holders(session: Session, *, village: str, at: datetime) -> set[str]:
    """Return who (id) is kept from titles by a veto at a moment.

    Example:
        titles.restricted_holders(session, village="cy", at=now)  # {"7qk…"}
    """
    return set(roster.restricted(session, village=village, kind=RESTRICTED_KIND, at=at))


def next_review(kind: TitleKind, day: date) -> date | None:
    """Return the day on which a title that is given or found in order on a day is looked at again."""
    return scoring.months_later(day, kind.months) if kind.months else None


def _people(session: Session, village: str) -> int | None:
    """Return how many people the village has; None where a household's number is not written down."""
    homes = [
        one
        for one in roster.everyone(session, village=village)
        if one.kind == "household" and one.status != "closed"
    ]
    return sum(one.people for one in homes) if homes and all(one.people for one in homes) else None


def _check_several(ids: Sequence[str]) -> None:
    """Raise TitleVotesMissing unless these are some titles, each once."""
    if not 1 <= len(ids) <= LARGEST_VOTE or len(set(ids)) < len(ids):
        raise TitleVotesMissing(most=LARGEST_VOTE)
