"""Judged items: what is before a meeting's panel, judges' marks, what they come to."""

from typing import Any

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.labels.score_column import SCORE_COLUMN
from pointsbank.schemas.base import Nothing, PageQuery
from pointsbank.schemas.marks import CasePage, CasesBody, CaseSchema, DrawingBody, MarksBody, MarksWritten
from pointsbank.scoring import Case
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.field_names import naming
from pointsbank.web.api.routes import Routes

routes = Routes("marks", "评议员打分")


@routes.get("/meetings/<key:meeting>/cases", "列出评议员打分的事", Permission.MEETING_VIEW)
@routes.json(CasePage, query=PageQuery)
def list_cases(query: dict[str, Any], village: str, meeting: str) -> dict[str, Any]:
    """List what is before a meeting's panel; marks only where nobody's is missing."""
    with access.database().reading() as session:
        scoring.meeting(session, village=village, meeting_id=meeting)
        found = scoring.cases(session, village=village, meeting=meeting, also_dropped=True)
    return page_of([_case(one) for one in found], query, lambda row: [row["number"]])


@routes.post("/meetings/<key:meeting>/cases", "提交打分", Permission.MEETING_HOLD)
@routes.json(CasePage, body=CasesBody, status=201)
def put_up_cases(body: dict[str, Any], village: str, meeting: str) -> dict[str, Any]:
    """Put households and one judged item before the panel, all or none."""
    given = {"codes": body.pop("participants"), **body}
    columns = {"participant_code": "participants"}
    with access.database().writing() as session, naming(SCORE_COLUMN, **columns):
        new = scoring.put_up(session, village=village, meeting=meeting, **given, **access.by_and_at())
    return {"items": [_case(one) for one in new], "next": None}


@routes.get("/meetings/<key:meeting>/cases/<key:case>", "查看一件打分", Permission.MEETING_VIEW)
@routes.json(CaseSchema)
def show_case(village: str, meeting: str, case: str) -> dict[str, Any]:
    """Show one case; raises CaseUnknown."""
    with access.database().reading() as session:
        scoring.meeting(session, village=village, meeting_id=meeting)
        return _one(session, village, meeting, case)


@routes.post("/meetings/<key:meeting>/marks", "登记一位评议员的打分", Permission.MEETING_HOLD)
@routes.json(MarksWritten, body=MarksBody)
def give_marks(body: dict[str, Any], village: str, meeting: str) -> dict[str, Any]:
    """Write one judge's marks, all or none, in place of those given before."""
    marks = {one["case"]: one["mark"] for one in body["marks"]}
    with access.database().writing() as session:
        written = scoring.give_marks(
            session,
            village=village,
            meeting=meeting,
            position=body["judge"],
            marks=marks,
            way=body["way"],
            **access.by_and_at(),
        )
    return {"written": written}


@routes.post("/meetings/<key:meeting>/cases/<key:case>/draw", "把打分计入评分", Permission.MEETING_HOLD)
@routes.json(CaseSchema, body=DrawingBody)
def draw_case(body: dict[str, Any], village: str, meeting: str, case: str) -> dict[str, Any]:
    """Enter what the marks of a case come to as a score of its meeting; raises CaseUnknown."""
    with access.database().writing() as session, naming(SCORE_COLUMN):
        scoring.draw_result(
            session, village=village, meeting=meeting, case=case, **body, **access.by_and_at()
        )
        return _one(session, village, meeting, case)


@routes.post("/meetings/<key:meeting>/cases/<key:case>/drop", "撤下打分", Permission.MEETING_HOLD)
@routes.json(CaseSchema, body=Nothing)
def drop_case(body: dict[str, Any], village: str, meeting: str, case: str) -> dict[str, Any]:
    """Take a case from the panel; its marks count for nothing; raises CaseUnknown."""
    with access.database().writing() as session:
        scoring.drop_case(session, village=village, meeting=meeting, case=case, **access.by_and_at())
        return _one(session, village, meeting, case)


def _one(session: Session, village: str, meeting: str, case: str) -> dict[str, Any]:
    """Return a case as it stands; raises CaseUnknown."""
    known = scoring.cases(session, village=village, meeting=meeting, also_dropped=True)
    found = next((one for one in known if one.id == case), None)
    if found is None:
        raise scoring.problems.CaseUnknown()
    return _case(found)


def _case(case: Case) -> dict[str, Any]:
    """Return a case as a program sees it."""
    result = case.result
    return {
        "id": case.id,
        "number": case.number,
        "participant": case.participant.code,
        "item": case.item.code,
        "occurred_on": case.occurred_on,
        "status": case.status,
        "missing": [one.position for one in case.missing] if case.is_open else [],
        "recused": [one.position for one in case.recused],
        "marks": [
            {"position": one.position, "name": one.name, "mark": one.mark, "way": one.way}
            for one in case.marks
        ],
        "mark": result.mark if result else None,
        "lowest": result.lowest if result else None,
        "highest": result.highest if result else None,
        "score": case.score_id,
    }
