"""A village with a panel: 龙凤泉 of household 0101, whose child lives in 0201; 郝田发 of none."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pointsbank import panels, scoring
from pointsbank.database import Database
from tests.builders import COMMITTEE, NOW
from tests.founding import founded_once
from tests.scoring.panel import Panel, sit

AGENDA = scoring.read_agenda("评分\n红榜提名")
TODAY, TOMORROW = date(2026, 9, 1), date(2026, 9, 2)
LONG, HAO = 1, 2
"""Their numbers on the panel, and their places in the minutes."""


@dataclass(frozen=True)
class Kept:
    """A village, its panel (id), and the meeting that `sit` opened."""

    stage: Panel
    panel: str

    def write(self, verb: Any, **arguments: Any) -> Any:
        """Call a verb that changes something."""
        return self.stage.write(verb, **arguments)

    def read(self, verb: Any, **arguments: Any) -> Any:
        """Call a verb that only looks."""
        return self.stage.read(verb, **arguments)

    def call(self, **given: Any) -> scoring.Call:
        """Call a meeting for tomorrow."""
        usual = {"day": TOMORROW, "title": "九月评议会", "panel": self.panel, "agenda": AGENDA}
        called: scoring.Call = self.write(scoring.call_meeting, **(usual | given))
        return called

    def convene(self, **given: Any) -> Panel:
        """Hold a meeting today."""
        usual = {"title": "九月评议会", "panel": self.panel, "agenda": AGENDA}
        opened: scoring.Meeting = self.write(scoring.convene, **(usual | given))
        return Panel(self.stage.village, opened.id)


@founded_once
def keep(database: Database) -> Kept:
    """The village with its panel."""
    stage = sit(database)
    common = {"village": "chayuan", "by": COMMITTEE, "at": NOW}
    with database.writing() as session:
        made = panels.make_panel(session, kind="village", name="村评议小组", rule="mean", **common)
        mine = common | {"panel_id": made.id}
        panels.add_member(session, name="龙凤泉", seat="worthy", household="0101", **mine)
        panels.add_member(session, name="郝田发", seat="cadre", **mine)
        panels.name_relative(session, number=LONG, household="0201", relation="child", **mine)
    return Kept(stage, made.id)
