"""Photos of score sheets, one after another: each read in a child process, taken in or refused by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from werkzeug.datastructures import FileStorage

from pointsbank import score_sheets
from pointsbank.errors import Problem
from pointsbank.outcomes import OutcomeUnknown
from pointsbank.score_sheets import Page, Reading
from pointsbank.web import access, uploads
from pointsbank.web.kept_photos import FIELD, PhotoMissing, TooManyPhotos

MAXIMUM = 12
"""Photos at once: a village of a thousand households has some thirty pages, and a form carries 64 MB."""

_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one photo: `page` and `reading`, or why it was not taken in.

    Attributes:
        number: which of the chosen photos it is, from 1; `name` as its file is called.
        instead: the number of a later photo of the same page, which is used.
    """

    number: int
    name: str
    page: Page | None = None
    reading: Reading | None = None
    refusal: Problem | None = None
    instead: int = 0

    @property
    def asked(self) -> int:
        """Return how many boxes a person has to decide."""
        return len(score_sheets.open_boxes(self.reading.answers)) if self.reading else 0

    @property
    def ticks(self) -> int:
        """Return how many boxes are marked."""
        return len(score_sheets.ticked_boxes(self.reading.answers)) if self.reading else 0

    def way(self, village: str, meeting: str) -> tuple[str, str] | None:
        """Return the page on which a refusal goes on, as words and address; None where there is none."""
        fields = self.refusal.fields if self.refusal else {}
        if isinstance(self.refusal, score_sheets.problems.SheetOfOtherMeeting):
            address = url_for("pages.score_sheets_page", village=village, meeting=fields["meeting"])
            return "打开那次评议会", address
        if isinstance(self.refusal, score_sheets.problems.SheetMeetingClosed):
            return "看那次评议会", url_for("pages.one_meeting", village=village, meeting=fields["meeting"])
        if isinstance(self.refusal, score_sheets.problems.SheetEntered):
            address = url_for(
                "pages.one_score_sheet", village=village, meeting=meeting, sheet=fields["sheet"]
            )
            return "看录入的内容", address
        return None


def take_in(village: str, meeting: str) -> list[Outcome]:
    """Read the photos of the posted form, and keep what they say; each is taken in or refused by itself.

    Raises:
        TooManyPhotos, PhotoMissing: there are more than 12, or none.
    """
    chosen = [one for one in request.files.getlist(FIELD) if one.filename]
    if len(chosen) > MAXIMUM:
        raise TooManyPhotos(most=MAXIMUM, count=len(chosen))
    if not chosen:
        raise PhotoMissing()
    return _without_earlier([_one(village, meeting, number, file) for number, file in enumerate(chosen, 1)])


def _one(village: str, meeting: str, number: int, file: FileStorage) -> Outcome:
    name = (file.filename or "")[-_LONGEST_NAME:]
    whose: dict[str, Any] = {"village": village, "meeting": meeting, "groups": access.groups()}
    try:
        sheet, rows, columns, answers, cutouts = uploads.read("pointsbank.omr.sending:read", file)[0]
        with access.database().reading() as session:
            score_sheets.page_of_photo(session, number=sheet, **whose)
        uploads.let_others()
        photo = uploads.read("pointsbank.photos.redrawing:redrawn", file)[0]
        with access.database().writing() as session:
            page, reading = score_sheets.take_in(
                session,
                number=sheet,
                rows=rows,
                columns=columns,
                answers=answers,
                photo=photo,
                cutouts=cutouts,
                **whose,
                **access.by_and_at(),
            )
    except OutcomeUnknown:
        raise
    except Problem as problem:
        return Outcome(number, name, refusal=problem)
    finally:
        uploads.let_others()
    return Outcome(number, name, page, reading)


def _without_earlier(found: Sequence[Outcome]) -> list[Outcome]:
    """Note of each photo that a later one shows the same page."""
    last = {one.page.number: one.number for one in found if one.page}
    return [
        Outcome(one.number, one.name, one.page, instead=last[one.page.number])
        if one.page and last[one.page.number] != one.number
        else one
        for one in found
    ]
