"""The tabs of a village as they stand above a page: one for each job, and those of the job one is at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from flask import current_app, g, request, url_for

from pointsbank.labels.tab_group import TAB_GROUP
from pointsbank.web.page import Tab
from pointsbank.web.reachable import may_open
from pointsbank.web.ways_out import TABS


@dataclass(frozen=True, slots=True)
class Link:
    """A tab as it is drawn: its word, where it leads, whether one is there, and how much waits behind it."""

    label: str
    href: str
    is_current: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Strip:
    """The jobs, and below them the tabs of the present one; no second row where it has but one."""

    jobs: tuple[Link, ...]
    tabs: tuple[Link, ...]


def count_on_tabs(waiting: Mapping[str, int]) -> None:
    """Keep for the page that is being drawn how many things wait behind each tab, by its endpoint."""
    g.waiting_on_tabs = waiting


def strip(village: str) -> Strip:
    """Return the tabs that the person signed in may open, grouped by job, with what `count_on_tabs` kept.

    A job with a single tab is called like it; a job leads to its first tab.

    Example:
        [one.label for one in strip("chayuan").jobs]  # ["评议", "公示", "红黑榜", "超市", …]
    """
    waiting: Mapping[str, int] = g.get("waiting_on_tabs", {})
    jobs: list[Link] = []
    present: tuple[Link, ...] = ()
    for group, tabs in _mine().items():
        links = tuple(_link(tab, village, waiting) for tab in tabs)
        is_current = any(one.is_current for one in links)
        label = links[0].label if len(links) == 1 else TAB_GROUP.name(group)
        jobs.append(Link(label, links[0].href, is_current, sum(one.count for one in links)))
        if is_current and len(links) > 1:
            present = links
    return Strip(tuple(jobs), present)


def _mine() -> dict[str, list[Tab]]:
    """Return the tabs that the person signed in may open, by job, in their order."""
    found: dict[str, list[Tab]] = {}
    for tab in cast(Sequence[Tab], current_app.extensions[TABS]):
        if may_open(f"pages.{tab.endpoint}"):
            found.setdefault(tab.group, []).append(tab)
    return found


def _link(tab: Tab, village: str, waiting: Mapping[str, int]) -> Link:
    href = url_for(f"pages.{tab.endpoint}", village=village)
    path = request.script_root + request.path
    return Link(tab.label, href, path == href or path.startswith(f"{href}/"), waiting.get(tab.endpoint, 0))
