"""What may be shown in public: rules over words, and `Cleared`, the only free text that a wall takes.

Owns the rules (`kinds`, one module a kind of thing that stays private), how words are folded before they are
compared, and the one function that clears a text. Pure: knows no village, no database and no page.
"""

from pointsbank.law import problems
from pointsbank.law.clearing import (
    NOTHING,
    Cleared,
    advice,
    check,
    clear,
    findings,
    reasons,
    replace_unlawful,
)
from pointsbank.law.matters import MATTERS, names_a_matter
from pointsbank.law.naming import names
from pointsbank.law.people import NOBODY, People, Person, all_people, people_of
from pointsbank.law.register import KINDS
from pointsbank.law.rules import Finding, Use
from pointsbank.law.surnames import surname_length
