"""Objections (异议): what somebody says against a thing, and the written answer, which stays.

One machine for every kind of thing that can be objected to: publicity uses it for scores, boards for
listings. Each kind hands in its own pair of tables (`Kind`). Owns the rules: one open objection to a thing at
a time, a day by which it is answered, an answer by somebody else than who made the thing, and nothing
changed afterwards but by erasure. Never knows what the things are, nor what follows from an answer.
"""

from pointsbank.objections import problems
from pointsbank.objections.columns import (
    AnswerColumns,
    ObjectionColumns,
    answer_rules,
    guards,
    no_open_objection,
    objection_rules,
)
from pointsbank.objections.filing import (
    Filed,
    Kind,
    Objection,
    answer,
    file,
    filed,
    find,
    forget,
    open_subjects,
)
from pointsbank.objections.naming import answered_witness, filed_witness
from pointsbank.objections.recording import record_answered, record_filed
from pointsbank.objections.waiting import answers_due
