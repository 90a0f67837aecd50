"""Where a refusal is put right: the pages that its sentence names, else the page of what refused.

The sentence says what to do, “…” names the page where: so a link never leads elsewhere than the words say.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple, Protocol, cast

from flask import current_app, request, url_for

from pointsbank.errors import Invalid, Problem, Refused
from pointsbank.web import access
from pointsbank.web.reachable import may_open
from pointsbank.web.uploads import NotTakenIn
from pointsbank.web.way_back import came_from

TABS = "pointsbank_tabs"
"""Where the application keeps the tabs of all pages."""

WHERE: Mapping[str, str] = {
    "approvals": "approval_list",
    "boards": "months",
    "households": "roster_list",
    "market": "goods",
    "objections": "notices",
    "publicity": "notices",
    "roster": "roster_list",
    "scoring": "meetings",
    "score_sheets": "meetings",
    "staff": "staff_list",
    "villages": "village_settings",
}
"""The tab to which a capability's refusals belong, where their sentence names no page."""

HERE = frozenset(
    {
        *("confirmation_required", "month_not_ready", "month_heeds_unread"),
        *("price_changed", "goods_inactive", "sold_out", "limit_reached", "daily_limit_reached"),
        *("scores_unsettled", "answers_open", "listings_open", "share_invalid", "in_group_already"),
        *("nothing_to_correct", "already_corrected", "correction_ended", "correction_hung", "not_posted_yet"),
    }
)
"""Refusals that are put right on the page that says them."""

_QUOTED = re.compile("“([^”]+)”")


class Way(NamedTuple):
    """One page that puts something right: its name and its address; `is_back`: where one has just been."""

    name: str
    address: str
    is_back: bool = False

    @property
    def words(self) -> str:
        """Return what its button says."""
        return f"回到{self.name}" if self.is_back else f"去“{self.name}”"


class _Tab(Protocol):
    """What is read of a tab; its own module knows forms, and those know what answers failures."""

    label: str
    endpoint: str


def ways_out(problem: Problem) -> list[Way]:
    """Return the pages that put a refusal right and that this person may open, those it names first.

    A mistake in what was typed is put right where it was typed: it leads nowhere.

    Example:
        “请在“发放新卡”页…” leads to that page, for who may open it.
    """
    if isinstance(problem, NotTakenIn):
        # Nothing of the form has come, so there is nothing to draw it from: the page itself is opened again.
        return [Way("刚才那一页", came_from(), is_back=True)]
    village = access.visit().village
    if village is None or isinstance(problem, Invalid):
        return []
    tabs = {tab.label: tab for tab in _tabs() if may_open(f"pages.{tab.endpoint}")}
    if isinstance(problem, Refused) and "format" in request.args:
        # A file that is not given: the list itself can be narrowed.
        return [Way("这份清单", request.script_root + request.path, is_back=True)]
    named = [tabs[word] for word in _QUOTED.findall(problem.detail) if word in tabs]
    _, _, inside = type(problem).__module__.partition(".")
    endpoint = WHERE.get(inside.partition(".")[0])
    own = [tab for tab in tabs.values() if tab.endpoint == endpoint and problem.code not in HERE]
    ways = [
        Way(tab.label, url_for(f"pages.{tab.endpoint}", village=village.id))
        for tab in dict.fromkeys(named or own)
    ]
    return [way for way in ways if way.address != request.script_root + request.path]


def pages_named(sentence: str) -> list[Way]:
    """Return the pages that a sentence names and this person may open: the first step out of an empty place.

    Example:
        “请在“评议会”页开一次会。” leads to that page, for who may open it.
    """
    village = access.visit().village
    if village is None:
        return []
    words = _QUOTED.findall(sentence)
    found = [tab for tab in _tabs() if tab.label in words and may_open(f"pages.{tab.endpoint}")]
    ways = [Way(tab.label, url_for(f"pages.{tab.endpoint}", village=village.id)) for tab in found]
    return [way for way in ways if way.address != request.script_root + request.path]


def _tabs() -> list[_Tab]:
    return cast(list[_Tab], current_app.extensions[TABS])
