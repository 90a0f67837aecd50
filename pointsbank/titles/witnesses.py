"""What entries of the log say of the rows of titles."""

from collections.abc import Iterator

from pointsbank.naming import Stated, Words, by_words, with_columns
from pointsbank.objections import answered_witness, filed_witness
from pointsbank.titles.states import STEPS
from pointsbank.witness import Witnessed, declare

STEP_KINDS = tuple(f"title_{step}" for step in STEPS)


def _criteria(words: Words) -> Iterator[Stated]:
    """Yield what an adoption says of each of its criteria."""
    for number, criterion in enumerate(words["criteria"], start=1):
        yield Stated({"kind_id": words["title_kind"], "number": number, "words": criterion})


def _benefits(words: Words) -> Iterator[Stated]:
    """Yield what an adoption says of each of its benefits."""
    for number, (benefit, months) in enumerate(words["benefits"], start=1):
        columns = {"kind_id": words["title_kind"], "number": number, "words": benefit, "months": months}
        yield Stated(columns)


def _checks(words: Words) -> Iterator[Stated]:
    """Yield what a check says of each criterion."""
    for criterion, met in words["checks"]:
        columns = {"title_id": words["title"], "number": words["number"], "criterion": criterion, "met": met}
        yield Stated(columns)


_ADOPTED = by_words(
    id="title_kind",
    adopted_by="actor",
    **{
        name: name
        for name in (
            *("number", "name", "holder", "quota", "share", "months", "right_days", "barred_months"),
            *("years", "notice_days", "in_use", "resolution", "from_date"),
        )
    },
)
_NOMINATED = by_words(
    id="title",
    number="nomination",
    kind_id="title_kind",
    participant_id="participant",
    agreed_on="agreed_on",
    nominated_by="nominated_by",
    nominated_on="nominated_on",
    recorded_by="actor",
)
_STEP = by_words(
    title_id="title",
    number="number",
    kind="step",
    state="state",
    met="met",
    day="day",
    until_on="until_on",
    votes_for="votes_for",
    votes_against="votes_against",
    place="place",
    recorded_by="actor",
)
_NOTED = by_words(
    title_id="title",
    benefit="benefit",
    number="number",
    given="given",
    day="day",
    until_on="until_on",
    recorded_by="actor",
)
_AGREED = by_words(title_id="title", number="number", agreed="agreed", day="day", recorded_by="actor")
AGREEMENT_KINDS = ("title_name_agreed", "title_name_withdrawn")
_WRITTEN = by_words(
    id="letter",
    number="number",
    kind="letter_kind",
    participant_id="participant",
    written_on="written_on",
    written_by="actor",
)

WITNESSES = declare(
    *(
        Witnessed(table=table, kinds=("title_kind_adopted",), added_only=True, named_by={kind: reader})
        for kind, table, reader in (
            ("title_kind_adopted", "title_kind", _ADOPTED),
            ("title_kind_adopted", "title_criterion", _criteria),
            ("title_kind_adopted", "title_benefit", _benefits),
        )
    ),
    Witnessed(table="title", kinds=("title_nominated",), named_by={"title_nominated": _NOMINATED}),
    Witnessed(
        table="title_check", kinds=("title_checked",), added_only=True, named_by={"title_checked": _checks}
    ),
    Witnessed(
        table="title_agreement",
        kinds=AGREEMENT_KINDS,
        added_only=True,
        named_by=dict.fromkeys(AGREEMENT_KINDS, _AGREED),
    ),
    Witnessed(table="title_step", kinds=STEP_KINDS, named_by=dict.fromkeys(STEP_KINDS, _STEP)),
    Witnessed(
        table="title_benefit_note", kinds=("title_benefit_noted",), named_by={"title_benefit_noted": _NOTED}
    ),
    Witnessed(
        table="title_letter",
        kinds=("title_letter_written", "title_letter_brought"),
        named_by={
            "title_letter_written": with_columns(_WRITTEN, brought_by=None),
            "title_letter_brought": by_words(id="letter", brought_on="brought_on", brought_by="actor"),
        },
    ),
    filed_witness("title_objection"),
    answered_witness("title_objection_answer"),
)
