"""Letters about good deeds: to whom, for what, and when they were brought."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import titles
from pointsbank.labels.title_letter_kind import TITLE_LETTER_KIND
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf
from pointsbank.lists.kinds import COUNT, DAY, word_of
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the letters."""
    return titles.letters_query(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add to whom, and who wrote it down."""
    add_participants(session, asked, rows, key="participant_id")
    add_staff(session, rows, by="written_by")


LIST = List(
    name="title_letters",
    title="喜报和感谢信",
    about="给谁写过喜报、感谢信、推荐信，什么事，哪天送到。",
    permission=Permission.BOARD_VIEW,
    columns=(
        Column(key="number", title="编号", kind=COUNT, sort="number"),
        Column(key="kind", title="哪一种", kind=word_of(TITLE_LETTER_KIND), sort="kind", place="sub"),
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组", on_screen=False),
        Column(key="person", title="个人", paper=None),
        Column(key="addressee", title="送到哪里", paper=None, on_screen=False),
        Column(key="deed", title="好事", paper=None),
        Column(key="written_on", title="哪天写的", kind=DAY, sort="written_on"),
        Column(key="brought_on", title="哪天送到", kind=DAY, place="number"),
        Column(key="by", title="登记人", paper=None, on_screen=False),
        Column(key="id", title="信号", paper=None, on_screen=False),
    ),
    order=("-number",),
    statement=_query,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant_id"),
        OneOf("kind", "哪一种", "kind", labels=TITLE_LETTER_KIND),
    ),
    empty="还没有写过：请在“喜报和感谢信”页写一封。",
)
