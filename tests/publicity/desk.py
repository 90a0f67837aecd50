"""The panel's scores posted, and somebody who puts them right."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from pointsbank import proof, publicity, scoring
from pointsbank.database import Database
from pointsbank.scoring import Correction, Score, ScoreRow, ShouldBe
from tests.builders import COMMITTEE, NOW, SUPERVISOR
from tests.scoring.panel import Panel, sit

LATER = NOW + timedelta(days=4)
"""When the notice of the meeting has hung long enough."""
NOTHING_AT_ALL: dict[str, Any] = {"struck": True}


@dataclass(frozen=True)
class Desk:
    """Posted scores of one meeting."""

    panel: Panel
    scores: list[Score]

    def asked(self, score: Score, **should_be: Any) -> ShouldBe:
        """What a score should be: as it is but for what is said."""
        items = self.panel.read(scoring.items, day=score.occurred_on)
        item = next(one for one in items if one.code == score.item_code)
        return replace(scoring.as_it_stands(score, item), **should_be)

    def correct(self, score: Score, at: Any = LATER, **should_be: Any) -> Correction:
        """Li asks, Zhao confirms."""
        given = {"reason": "数错了", "by": COMMITTEE, "second": SUPERVISOR, "at": at}
        asked = self.asked(score, **should_be)
        done: Correction = self.panel.write(publicity.correct_score, score=score.id, should_be=asked, **given)
        return done

    def hang(self, made: Correction, at: Any = LATER) -> Correction:
        """Li hangs the paper of a correction."""
        hung = {"score": made.score_id, "place": "村务公开栏", "at": at}
        done: Correction = self.panel.write(publicity.hang_correction, **hung)
        return done

    def settle(self, made: Correction, days: int = 4) -> Correction:
        """Post a correction that hangs, some days after; what hangs nowhere yet is hung first."""
        if made.status == "unhung":
            self.hang(made)
        at = LATER + timedelta(days=days)
        done: Correction = self.panel.write(publicity.settle_correction, score=made.score_id, at=at)
        return done

    def plan(self, score: Score, **should_be: Any) -> scoring.Plan:
        """What a correction would do."""
        asked = self.asked(score, **should_be)
        found: scoring.Plan = self.panel.read(
            scoring.plan_correction, score=score.id, should_be=asked, at=LATER
        )
        return found

    def version(self, made: Correction) -> Score:
        """The new version of a score."""
        found: Score = self.panel.read(scoring.score, score_id=made.score_id)
        return found

    def honour(self, who: str, month: str = "2026-08") -> int:
        """Somebody's honour of a month, in hundredths."""
        totals = self.panel.read(scoring.month_totals, month=month)
        person = getattr(self.panel.village, who)
        return int(totals[person.id].honour) if person.id in totals else 0

    def close(self, month: str = "2026-08") -> None:
        """Close a month."""
        self.panel.write(proof.close_month, month=month, at=LATER)

    def findings(self) -> list[str]:
        """What verifying says."""
        found = proof.verify(self.panel.village.database, village="chayuan")
        return [str(one) for one in found.findings]


def desk(database: Database, *rows: ScoreRow) -> Desk:
    """The panel with these scores posted."""
    panel = sit(database)
    scores = panel.enter(*rows)
    notice = panel.hang_out()
    panel.write(publicity.settle, notice=notice.id, at=LATER)
    return Desk(panel, [panel.now(one) for one in scores])


def august(code: str, item: str, day: int = 20, **given: Any) -> ScoreRow:
    """A deed of August."""
    return ScoreRow(code, item, date(2026, 8, day), **given)
