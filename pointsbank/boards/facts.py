"""Words that may be shown in public: the rule that was broken and a neutral fact, which name nobody."""

import re
from datetime import date

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.errors import Invalid
from pointsbank.roster import Participant
from pointsbank.text import clean_required

LONG_NUMBER = re.compile(r"[0-9０-９]{7,}")


class RuleUnfit(Invalid):
    """The rule named is an item that praises."""

    code = "rule_unfit"
    sentence = "条目“{rule}”是加分条目，不能作为黑榜依据，请填写扣分或一票否决条目的编号，或村规民约的条款。"


class FactUnfit(Invalid, family=True):
    """The fact or the rule contains words that identify a person."""

    code = "fact_unfit"
    sentence = "{field}请只写事情本身，例如“门前杂物堆放，三次提醒未清理”。"


class FactNamesSomebody(FactUnfit):
    """The fact or the rule contains the household's name."""

    code = "fact_names_somebody"
    sentence = "{field}不能写姓名，请只写事情本身，例如“门前杂物堆放，三次提醒未清理”。"


class FactHasLongNumber(FactUnfit):
    """The fact or the rule contains seven digits in a row."""

    code = "fact_has_long_number"
    sentence = "{field}不能写电话、身份证号等长数字，请只写事情本身，例如“门前杂物堆放，三次提醒未清理”。"


def neutral_fact(fact: str, about: Participant) -> str:
    """Return a fact, tidied, that may be shown in public: without the household's name and long numbers.

    Raises:
        TextInvalid: it is empty, or longer than 100 characters.
        FactNamesSomebody: it contains the household's name.
        FactHasLongNumber: it contains seven digits in a row.
    """
    return _neutral(fact, about, "事实说明")


def _neutral(words: str, about: Participant, field: str) -> str:
    """Return words, tidied, that may be shown in public."""
    tidy = clean_required(words, maximum=100)
    if about.name in tidy:
        raise FactNamesSomebody(field=field)
    if LONG_NUMBER.search(tidy):
        raise FactHasLongNumber(field=field)
    return tidy


def rule_in_words(session: Session, village: str, rule: str, about: Participant, day: date) -> str:
    """Return the rule in words: an item's code with its title, or the clause as written.

    Raises:
        TextInvalid: it is empty, or longer than 100 characters.
        FactNamesSomebody: it contains the household's name.
        FactHasLongNumber: it contains seven digits in a row.
        RuleUnfit: it is the code of an item that gives points.
    """
    tidy = _neutral(rule, about, "依据")
    try:
        item = {item.code: item for item in scoring.items(session, village=village, day=day)}.get(tidy)
    except scoring.problems.SchemeUnknown:
        item = None
    if item is None:
        return tidy
    if item.direction == "plus":
        raise RuleUnfit(rule=tidy)
    return f"{item.code} {item.title}"
