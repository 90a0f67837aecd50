"""The rules by which a table of objections and its table of answers are found edited."""

from pointsbank.naming import by_words
from pointsbank.witness import Witnessed


def filed_witness(table: str) -> Witnessed:
    """Return the rule of a table of objections.

    Example:
        WITNESSES = declare(filed_witness("listing_objection"), …)
    """
    stated = by_words(
        id="objection",
        subject_id="subject",
        number="number",
        made_by="made_by",
        raised_by="raised_by",
        reason="reason",
        raised_on="raised_on",
        due_on="due_on",
    )
    return Witnessed(table=table, kinds=("objection_filed",), named_by={"objection_filed": stated})


def answered_witness(table: str) -> Witnessed:
    """Return the rule of a table of answers.

    Example:
        WITNESSES = declare(answered_witness("listing_objection_answer"), …)
    """
    stated = by_words(
        objection_id="objection", made_by="made_by", upheld="upheld", decision="decision", decided_by="actor"
    )
    return Witnessed(table=table, kinds=("objection_decided",), named_by={"objection_decided": stated})
