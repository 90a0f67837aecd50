"""Draws a list for the page that shows it, or answers with it as a file where `?format=` asks for one."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from flask import Response, request, send_file
from markupsafe import Markup

from pointsbank import lists, roster
from pointsbank.dates import day_in_words, day_of
from pointsbank.lists import Asked, List, Row
from pointsbank.web import access
from pointsbank.web.access import PermissionByName
from pointsbank.web.api.cursors import cursor, position
from pointsbank.web.list_cells import (
    Addresses,
    Choice,
    Heading,
    choice,
    drawn_rows,
    heading,
    orders,
    written,
)
from pointsbank.web.reachable import may_open

READING = PermissionByName("name", lambda: {one.name: one.permission for one in lists.every()})
"""For routes that serve every list by its name."""

ON_A_PAGE = (50, 200, 1000)
"""How many rows a page may have; the first where nobody chose."""
NO_FILTERS: Mapping[str, str] = MappingProxyType({})
_FILES = {"xlsx": "导出 Excel", "csv": "CSV"}
_IN_MEMORY = 2**20


@dataclass(frozen=True, slots=True)
class ListShown:
    """Everything that the macro `lists/table.html` draws; `facts`: the rows as they were read."""

    name: str
    title: str
    empty: str
    action: str
    headings: list[Heading]
    rows: list[Markup]
    facts: list[Row]
    filters: list[Choice]
    kept: list[tuple[str, str]]
    sort: str
    orders: list[tuple[str, str]]
    count: int
    sums: list[tuple[str, str]]
    narrowed: bool
    first: str
    previous: str
    next: str
    files: list[tuple[str, str]]
    sizes: list[tuple[int, str]]
    size: int
    paper_head: str


def show_list(
    name: str,
    village: str,
    /,
    *,
    endpoint: str,
    fixed: Mapping[str, str] = NO_FILTERS,
    usual: Mapping[str, str] = NO_FILTERS,
    **named: str,
) -> ListShown | Response:
    """Return a list as its page shows it; or the file, where the address says `format`.

    Args:
        endpoint: of the page, without `pages.`.
        fixed: filters that the page has chosen, by name: nobody is offered them.
        usual: filters that hold as long as the address says nothing of them.
        named: the other parts of the page's address; what the list is of, such as a household's code, may be
            one of them.

    Raises:
        ListUnknown, NeedMissing, CursorInvalid, FormUnknown, ExportTooLong: and those of the list's filters.
    """
    wanted = list_for_visitor(name)
    asked = asked_for(wanted, village, {**usual, **request.args, **fixed}, named)
    note_household(wanted, asked)
    if form := request.args.get("format", ""):
        return send_list(wanted, asked, form)
    size = _size()
    with access.database().reading() as session:
        place = position(request.args.get("cursor"))
        # A place before which a page ends stands in the same part of the address, marked as such.
        where = place if isinstance(place, dict) else {"after": place}
        page, totals = lists.read_list(session, wanted, asked, limit=size, **where)
        filters = [choice(session, one, asked) for one in wanted.filters if one.name not in fixed]
    address = Addresses(f"pages.{endpoint}", {"village": village, **named})
    # A cursor is good for the address it was made at, and this may be the answer to a refused post.
    goes_on = page.next is not None and request.method == "GET"
    goes_back = page.previous is not None and request.method == "GET"
    begun = "cursor" in request.args or (page.next is not None and not goes_on)
    kept = (("rows", request.args.get("rows", "")),)
    seen = written(wanted, page.rows, asked.sort)
    summed = ((one.title, one.kind.shown(totals.sums[one.key])) for one in wanted.columns if one.total)
    return ListShown(
        name=wanted.name,
        title=wanted.title,
        empty=lists.NOTHING_FOUND if asked.filters else wanted.empty,
        action=address.bare,
        headings=[heading(one, asked.sort, address) for one in seen.columns],
        rows=drawn_rows(seen, page.rows, village),
        facts=page.rows,
        filters=filters,
        kept=[(key, value) for key, value in kept if value],
        sort=asked.sort,
        orders=[order for one in wanted.columns if one.sort for order in orders(one)],
        count=totals.count,
        sums=list(summed),
        narrowed=not asked.filters.items() <= {**usual, **fixed}.items(),
        first=address(cursor=None) if begun else "",
        previous=address(cursor=cursor({"before": page.previous})) if goes_back else "",
        next=address(cursor=cursor(page.next)) if goes_on else "",
        files=[
            (_FILES.get(form, form), address(cursor=None, format=form)) for form in lists.forms_of(wanted)
        ],
        sizes=[(each, address(cursor=None, rows=str(each))) for each in ON_A_PAGE],
        size=size,
        paper_head=f"{_village_name()}　{day_in_words(day_of(access.now()))}",
    )


def list_for_visitor(name: str) -> List:
    """Return a list with the columns that whoever asks may see.

    Raises:
        ListUnknown: there is no such list (raised by `lists.find`).
    """
    wanted = lists.find(name)
    seen = (one for one in wanted.columns if one.permission is None or access.allowed(one.permission))
    return replace(wanted, columns=tuple(seen))


def asked_for(
    wanted: List, village: str, given: Mapping[str, str], named: Mapping[str, str], *, on_paper: bool = True
) -> Asked:
    """Return which rows an address asks for; filters that the list has not are left out.

    Raises:
        NeedMissing: nobody said of what the list is to be.
    """
    filters = {one.name: given[one.name][:100].strip() for one in wanted.filters if one.name in given}
    what = {name: named.get(name) or given.get(name, "")[:64] for name in wanted.needs}
    for name, value in what.items():
        if not value:
            raise lists.NeedMissing(title=wanted.title, need=wanted.needs[name])
    return Asked(
        village=village,
        at=access.now(),
        groups=access.groups() if wanted.by_group else None,
        filters={name: value for name, value in filters.items() if value},
        sort=given.get("sort", "")[:40],
        named=what,
        reader=access.by(),
        on_paper=on_paper,
    )


def note_household(wanted: List, asked: Asked) -> None:
    """Write down that somebody's file was opened, where the list is one household's.

    Raises:
        ParticipantUnknown: there is no such household (raised by `roster.by_code`).
    """
    if wanted.of_household:
        with access.database().reading() as session:
            who = roster.by_code(
                session, village=asked.village, code=asked.named["code"], groups=asked.groups
            )
        access.log_access(asked.village, who.id)


def send_list(wanted: List, asked: Asked, form: str) -> Response:
    """Answer with a list as a file, and write down that it was taken out.

    Raises:
        FormUnknown, ExportTooLong: and those of `lists.write_list`.
    """
    database = access.database()
    types = lists.forms_of(wanted)
    if form in types:
        with database.reading() as session:
            lists.check_asked(session, wanted, asked)
        lists.check_length(database, wanted, asked)
    # Kept in memory while it is small, then in a file that has no name.
    out = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with the answer
    rows = lists.write_list(out, database, wanted, asked, form=form)  # type: ignore[arg-type]
    lists.record(database, wanted, asked, form=form, rows=rows, by=access.by())
    out.seek(0)
    name = lists.file_name(wanted.title, asked.village, asked.at, form=form)
    return send_file(out, types[form], as_attachment=True, download_name=name)


def open_lists() -> list[List]:
    """Return the lists of a whole village that whoever asks may open, ordered by title."""
    known = (one for one in lists.every() if not one.needs and may_open("pages.one_list", one.name))
    return sorted(known, key=lambda one: one.title)


def _village_name() -> str:
    """Return the name of the village of this visit."""
    here = access.visit().village
    return here.name if here else ""


def _size() -> int:
    """Return how many rows the page shows."""
    given = request.args.get("rows", "")
    return next((size for size in ON_A_PAGE if str(size) == given), ON_A_PAGE[0])
