"""Chooses what a score sheet holds: a meeting, a group's households, the items for which a tick does."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from pointsbank import roster, score_sheets, scoring, villages
from pointsbank.dates import day_in_words
from pointsbank.errors import Invalid, Refused
from pointsbank.omr.layout import MAXIMUM_COLUMNS
from pointsbank.roster import Participant
from pointsbank.schemas.options import ItemCodes, OneOf, Options
from pointsbank.score_sheets import PagePrinted
from pointsbank.scoring import Item, Meeting
from pointsbank.sheets.sheet.values import Line, Page, ScoreSheet, item_head, paginated
from pointsbank.text import Replaceable


class NoHouseholdOnSheet(Refused):
    """The group has nobody who could be scored."""

    code = "sheet_without_households"
    sentence = "“{group}”没有可以评分的户，请换一个小组。"
    fixed_by = "村委"


class NoItemOnSheet(Refused):
    """No item of the scheme in force can be scored by a tick."""

    code = "sheet_without_items"
    sentence = "{day}的积分细则里没有打勾就能评的条目；要填数量或要评分值的条目请在评议会页面录入。"
    fixed_by = "村委"


class ItemNotTicked(Invalid):
    """An item chosen for a sheet needs more than a tick."""

    code = "sheet_item_not_ticked"
    sentence = "条目{items}不能印在评分表上：要填数量或评分值，或者是一票否决，请在评议会页面录入。"
    at = ("items",)


class TooManyItems(Invalid):
    """More items are chosen than a page has columns."""

    code = "sheet_too_many_items"
    sentence = f"一张评分表最多{MAXIMUM_COLUMNS}个条目，现在选了{{count}}个，请分两张打印。"
    at = ("items",)


class NoMeetingOpen(Refused):
    """A score sheet is printed for a meeting that is open."""

    code = "sheet_without_meeting"
    sentence = "没有正在进行的评议会，请先在“评议会”页面开一次会，再打印评分表。"
    fixed_by = "村委"


def _meetings(session: Session, village: str) -> list[tuple[str, str]]:
    open_ones = scoring.open_meetings(session, village=village)
    return [(one.id, f"{one.title}（{day_in_words(one.held_on)}）") for one in open_ones]


EVERY_GROUP = "every"


def _groups(session: Session, village: str) -> list[tuple[str, str]]:
    known = [(group.id, group.name) for group in villages.groups(session, village=village)]
    return [*known, (EVERY_GROUP, "全部小组")] if len(known) > 1 else known


class ScoreSheetOptions(Options):
    """Which group, for which meeting, with which items."""

    group = OneOf(
        _groups, required=True, blank="请选择", label="小组", note="哪个小组的各户；全部小组的，每组另起一页"
    )
    meeting = OneOf(
        _meetings, blank="正在进行的一次", load_default=None, label="评议会", note="默认正在进行的一次"
    )
    items = ItemCodes(
        load_default=[],
        label="条目",
        note="条目编号，最多12个，用空格隔开；不填就是细则里前12个打勾就能评的条目",
    )


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    group: str,
    meeting: str | None = None,
    items: Sequence[str] = (),
) -> ScoreSheet:
    """Return the pages of a group for an open meeting, with full names: they are for the panel's hands.

    Args:
        group: its id or its name; `every` for all groups, each on pages of its own.
        meeting: the one that was opened last where none is named.
        items: codes, at most 12; the scheme's first 12 that can be ticked where none is named.

    Raises:
        NoMeetingOpen: no meeting is open.
        MeetingUnknown, MeetingClosed: there is no such meeting, or its minutes are sealed.
        NoHouseholdOnSheet: the group has nobody.
        NoItemOnSheet, ItemNotTicked, TooManyItems: see there.
        SchemeUnknown: no scheme was in force on the meeting's day.
        ItemUnknown: the scheme in force has no such item.
    """
    found = _meeting(session, village=village, meeting=meeting)
    by_group = _households(session, village=village, group=group)
    chosen = _items(session, village=village, meeting=found, codes=items)
    heads = [item_head(item.code, item.title) for item in chosen]
    pages: list[Page] = []
    for key, people in by_group.items():
        lines = [Line(one.code, Replaceable(one.name, f"户号{one.code}"), one.id) for one in people]
        sheet = (village, found.id, key)
        pages += paginated(lines, heads, sheet=sheet, group=people[0].group, group_id=key)
    return ScoreSheet(
        village=villages.get(session, village).name,
        meeting=found.title,
        day=day_in_words(found.held_on),
        heads=tuple(heads),
        pages=tuple(pages),
        meeting_id=found.id,
    )


def keep(session: Session, value: ScoreSheet, *, village: str, by: str, at: datetime) -> None:
    """Keep which household and item is in which box: a photo is read by what was printed.

    Raises:
        VillageUnknown: there is no such village.
    """
    items = tuple(head.code for head in value.heads)
    first = {page.group_id: page.number for page in value.pages if page.place == 1}
    pages = [
        PagePrinted(
            number=page.number,
            group=page.group_id,
            first=first[page.group_id],
            page=page.place,
            pages=page.pages,
            items=items,
            people=tuple(line.person for line in page.lines),
        )
        for page in value.pages
    ]
    score_sheets.keep_printed(session, village=village, meeting=value.meeting_id, pages=pages, by=by, at=at)


def _meeting(session: Session, *, village: str, meeting: str | None) -> Meeting:
    if meeting is None:
        open_ones = scoring.open_meetings(session, village=village)
        if not open_ones:
            raise NoMeetingOpen()
        meeting = open_ones[-1].id
    found = scoring.meeting(session, village=village, meeting_id=meeting)
    if found.status != "open":
        raise scoring.problems.MeetingClosed()
    return found


def _households(session: Session, *, village: str, group: str) -> dict[str, list[Participant]]:
    """Return the households of a group, or of each, by the group's id, in the order of their 户号.

    A group is named by its id or its name.
    """
    everyone = roster.everyone(session, village=village)
    names = {one.id: one.name for one in villages.groups(session, village=village)}
    wanted = {key for key, name in names.items() if group in (EVERY_GROUP, key, name)}
    people: dict[str, list[Participant]] = {}
    for one in everyone:
        if one.group_id in wanted and one.status != "closed" and one.kind == "household":
            people.setdefault(str(one.group_id), []).append(one)
    if not people:
        named = "全部小组" if group == EVERY_GROUP else next((names[key] for key in wanted), group)
        raise NoHouseholdOnSheet(group=named)
    return {key: people[key] for key in names if key in people}


def _items(session: Session, *, village: str, meeting: Meeting, codes: Sequence[str]) -> list[Item]:
    every = scoring.items(session, village=village, day=meeting.held_on)
    fitting = [item for item in every if scoring.is_ticked(item, kind="household")]
    if not codes:
        if not fitting:
            raise NoItemOnSheet(day=day_in_words(meeting.held_on))
        return fitting[:MAXIMUM_COLUMNS]
    wanted = list(dict.fromkeys(codes))
    if len(wanted) > MAXIMUM_COLUMNS:
        raise TooManyItems(count=len(wanted))
    known = {item.code: item for item in every}
    if unknown := [code for code in wanted if code not in known]:
        raise scoring.problems.ItemUnknown(item=unknown[0][:32])
    if other := [code for code in wanted if known[code] not in fitting]:
        raise ItemNotTicked(items="、".join(other))
    return [known[code] for code in wanted]
