"""The entry line: what an entry would come to before it is saved, and everybody's latest lines."""

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify, url_for
from flask.typing import ResponseReturnValue

from pointsbank import scoring, staff
from pointsbank.dates import month_in_words
from pointsbank.schemas.fields import Day, Text
from pointsbank.scoring import Foreseen, Score, ScoreRow
from pointsbank.staff import Permission
from pointsbank.web import access, forms, scripted
from pointsbank.web.page import Page
from pointsbank.web.pages.meetings import one_meeting

page = Page()

LATEST = 12
"""Lines of a meeting that are shown beside the box, whoever entered them."""

NAMED = 4
"""Of so many entries that a household has already the page says the titles."""


class Entry(forms.Form):
    """A household, and of what it did as much as was typed so far."""

    codes = forms.Household(required=True)
    item = forms.ItemField(load_default="")
    occurred_on = Day(required=True)
    quantity = forms.Amount(load_default=None)
    points = forms.TypedPoints(load_default=None)
    note = Text(maximum=200, empty=True, load_default="")
    same_deed = Text(maximum=40, empty=True, load_default="")


@page.post("/v/<village>/meetings/<meeting>/foresee", Permission.SCORE_ENTER, form=Entry, in_group=True)
def foresee_entry(village: str, meeting: str) -> ResponseReturnValue:
    """Return what an entry would come to. By POST, since a scanned card must stand in no address."""
    form = one_meeting.carried(forms.bind(Entry))
    foreseen = forms.run_catching_refusals(form, lambda: _foresee(form.data, village, meeting))
    return scripted.refused(form) if foreseen is None else jsonify(_in_words(foreseen))


@page.get("/v/<village>/meetings/<meeting>/lines", Permission.SCORE_ENTER, in_group=True)
def entry_lines(village: str, meeting: str) -> Response:
    """Return the latest lines of a meeting, the last first, with who entered each."""
    # Who leads a group sees own lines alone, however many the others enter meanwhile.
    mine = None if access.groups() is None else access.by()
    with access.database().reading() as session:
        sat = scoring.meeting(session, village=village, meeting_id=meeting)
        found = scoring.latest_scores(
            session, village=village, meeting=meeting, limit=LATEST, entered_by=mine
        )
        names = staff.actors(session, ids={one.entered_by for one in found})
    return jsonify(
        status=sat.status,
        scores=sat.scores,
        lines=[_line(village, one, names.get(one.entered_by, "")) for one in found],
    )


def _foresee(given: dict[str, Any], village: str, meeting: str) -> Foreseen:
    """Ask what a row would come to."""
    row = ScoreRow(given.pop("codes"), **given)
    with access.database().reading() as session:
        return scoring.foresee_score(
            session, village=village, meeting_id=meeting, row=row, at=access.now(), groups=access.groups()
        )


def _in_words(foreseen: Foreseen) -> dict[str, Any]:
    """Return what is shown beside the box, in sentences."""
    person, item = foreseen.participant, foreseen.item
    return {
        "household": {"code": person.code, "name": person.name, "group": person.group, "kind": person.kind},
        "item": item and {"code": item.code, "name": item.title, "group": scoring.label(item)},
        "asks": foreseen.asks,
        "may_be_empty": foreseen.may_be_empty,
        "deeds": [
            {"id": one.id, "name": f"与{one.called}是同一件事：{one.title}{scoring.signed(one.counted)}"}
            for one in foreseen.same_day
        ],
        "unit": item.unit if item else "",
        "said": [*_entered(foreseen.entered), *_comes_to(foreseen)],
        "doubt": foreseen.doubt,
        "wrong": foreseen.wrong,
        "ended": person.status == "closed",
    }


def _entered(entered: Sequence[Score]) -> list[str]:
    """Return what the household has in this meeting already."""
    if not entered:
        return ["这次评议会还没有记过这一户。"]
    titles = "、".join(f"{one.title}{scoring.signed(one.counted_points)}" for one in entered[:NAMED])
    return [f"这次评议会已经记了{len(entered)}条：{titles}{'等' if len(entered) > NAMED else ''}。"]


def _comes_to(foreseen: Foreseen) -> list[str]:
    """Return what the caps leave, who is recused and what would count."""
    sentences = [f"{one.label}。" for one in foreseen.allowances]
    judged = foreseen.judged
    if foreseen.needs_note:
        sentences.append("只计点名的户：请在说明里写是哪个奖、什么事。")
    if judged is None:
        return sentences
    if judged.row.recused:
        sentences.append(f"{judged.row.recused}已回避。")
    if foreseen.month_instead:
        sentences.append(f"那个月已经月结：这是补录，计入{month_in_words(foreseen.month_instead)}。")
    # What has brackets of its own stands behind a colon.
    remark = (
        f"：{judged.remark}" if "（" in judged.remark else f"（{judged.remark}）" if judged.remark else ""
    )
    return [*sentences, f"录入后计{scoring.signed(judged.counted)}分{remark}。"]


def _line(village: str, score: Score, by: str) -> dict[str, Any]:
    """Return one line, with the address by which it is taken back while that is possible."""
    undo = url_for("pages.withdraw_score", village=village, meeting=score.meeting_id, score=score.id)
    return {
        "number": score.number,
        "code": score.code,
        "name": score.name,
        "title": score.title,
        "counted": scoring.signed(score.counted_points),
        "remark": score.remark,
        "by": by,
        "mine": score.entered_by == access.by(),
        "undo": undo if score.status == "entered" else "",
    }
