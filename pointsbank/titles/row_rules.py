"""How many rows of the tables of titles the log tells of."""

from pointsbank.ledger import RowRules
from pointsbank.titles.states import CHECKED
from pointsbank.titles.witnesses import AGREEMENT_KINDS, STEP_KINDS

ROW_RULES = RowRules(
    by_kind={
        "title_kind_adopted": lambda words: {
            "title_kind": 1,
            "title_criterion": len(words["criteria"]),
            "title_benefit": len(words["benefits"]),
        },
        "title_nominated": lambda words: {"title": 1},
        **dict.fromkeys(STEP_KINDS, lambda words: {"title_step": 1}),
        f"title_{CHECKED}": lambda words: {"title_step": 1, "title_check": len(words["checks"])},
        "title_benefit_noted": lambda words: {"title_benefit_note": 1},
        **dict.fromkeys(AGREEMENT_KINDS, lambda words: {"title_agreement": 1}),
        "title_letter_written": lambda words: {"title_letter": 1},
        "objection_filed": lambda words: {"title_objection": int(words.get("thing") == "title")},
        "objection_decided": lambda words: {"title_objection_answer": int(words.get("thing") == "title")},
    }
)
