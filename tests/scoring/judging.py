"""A meeting of five judges: 龙凤泉 of household 0101, 郝田发 of 0303, and three of none."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pointsbank import panels, scoring
from pointsbank.database import Database
from pointsbank.points import Points, parse
from pointsbank.scoring import Case
from tests.builders import COMMITTEE, NOW
from tests.founding import founded_once
from tests.scoring.panel import Panel, sit

JUDGES = ["龙凤泉 0101", "郝田发 0303", "田大满", "石老三", "吴秀英"]
LONG, HAO, TIAN, SHI, WU = 1, 2, 3, 4, 5
"""Their places in the minutes."""
TODAY = date(2026, 9, 1)


@dataclass(frozen=True)
class Judging:
    """The village with the open meeting of five."""

    stage: Panel

    @property
    def meeting(self) -> str:
        """The meeting (id)."""
        return self.stage.meeting

    def write(self, verb: Any, **arguments: Any) -> Any:
        """Call a verb that changes something of the meeting."""
        return self.stage.write(verb, **({"meeting": self.meeting} | arguments))

    def put(self, *codes: str, item: str = "庭院", **more: Any) -> list[Case]:
        """Put households before the panel, for what they did today."""
        given = {"codes": list(codes), "item": item, "occurred_on": TODAY} | more
        found: list[Case] = self.write(scoring.put_up, **given)
        return found

    def mark(self, case: Case, position: int, mark: str, **more: Any) -> int:
        """One judge marks one case on the screen."""
        given: dict[str, Any] = {"marks": {case.id: parse(mark)}, "way": "screen"} | more
        written: int = self.write(scoring.give_marks, position=position, **given)
        return written

    def mark_all(self, case: Case, *marks: str) -> None:
        """Judges mark a case one after the other, as they stand in the minutes and are not recused."""
        for judge, mark in zip(case.judges, marks, strict=True):
            self.mark(case, judge.position, mark)

    def draw(self, case: Case, **more: Any) -> scoring.Score:
        """What the marks come to becomes a score."""
        found: scoring.Score = self.write(scoring.draw_result, case=case.id, **more)
        return found

    def now(self, case: Case) -> Case:
        """How it stands."""
        found = self.stage.read(scoring.cases, meeting=self.meeting, also_dropped=True)
        return next(one for one in found if one.id == case.id)

    def own(self, position: int) -> dict[str, Points]:
        """What one judge has given."""
        found: dict[str, Points] = self.stage.read(scoring.own_marks, meeting=self.meeting, position=position)
        return found


@founded_once
def judge(database: Database, *, rule: str = "trimmed") -> Judging:
    """The village, its panel and the meeting."""
    stage = sit(database)
    common = {"village": "chayuan", "by": COMMITTEE, "at": NOW}
    with database.writing() as session:
        made = panels.make_panel(session, kind="village", name="村评议小组", rule=rule, **common)
        for number, one in enumerate(JUDGES, start=1):
            name, _, code = one.partition(" ")
            seat = {"name": name, "seat": "worthy", "household": code or None}
            panels.add_member(session, panel_id=made.id, **seat, **common)
            if number == TIAN:
                panels.name_relative(
                    session, panel_id=made.id, number=TIAN, household="0201", relation="child", **common
                )
    opened = stage.write(scoring.convene, held_on=TODAY, title="九月评议会", panel=made.id)
    return Judging(Panel(stage.village, opened.id))
