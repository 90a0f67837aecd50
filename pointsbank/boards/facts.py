"""Words that may be shown in public: the rule that was broken and a neutral fact, which name nobody."""

from datetime import date

from sqlmodel import Session

from pointsbank import law, scoring
from pointsbank.errors import Invalid
from pointsbank.law import Cleared, People, Use
from pointsbank.roster import Participant
from pointsbank.text import clean_required


class RuleUnfit(Invalid):
    """The rule named is an item that praises."""

    code = "rule_unfit"
    sentence = "条目“{rule}”是加分条目，不能作为黑榜依据，请填写扣分或一票否决条目的编号，或村规民约的条款。"
    at = ("rule",)


class RuleNotPublic(Invalid):
    """The rule named is an item that the village keeps off everything public."""

    code = "rule_not_public"
    sentence = "条目“{rule}”是不公开的条目，不能作为黑榜依据，请填写其他扣分条目的编号，或村规民约的条款。"
    at = ("rule",)


class FactNamesSomebody(Invalid):
    """The fact or the rule contains the household's name."""

    code = "fact_names_somebody"
    sentence = "{field}不能写姓名，请只写事情本身，例如“门前杂物堆放，三次提醒未清理”。"
    at = ("fact",)


class FactOffMatter(Invalid):
    """No word of the fact is of a thing that a black board is about."""

    code = "fact_off_matter"
    sentence = (
        "没有从事实里读到黑榜常写的事（{matters}）。请只写大家看得见的事情和提醒的经过，例如“门前杂物堆放，三次提醒未清理”；"
        "确实如此写的，请再读一遍，勾选“只写了看得见的事”后提交。"
    )
    at = ("fact",)


def neutral_fact(
    fact: str, about: Participant, *, people: People = law.NOBODY, outward: bool = False
) -> Cleared:
    """Return a fact, tidied, that may be shown in public: no name, and nothing that the law keeps private.

    Args:
        people: everybody else of the village, whom it may not name either.
        outward: somebody has read it and answers for it that it tells only what everybody sees.

    Raises:
        TextInvalid: it is empty, or longer than 100 characters.
        FactNamesSomebody: it contains the household's name.
        Wording: it holds what the law keeps private.
        NamesSomebody: it names somebody else of the village.
        FactOffMatter: no word in it is of a thing that a black board is about, and nobody answers for it.
    """
    cleared = _neutral(fact, about, people, "事实说明", at=("fact",))
    if not outward and not law.names_a_matter(cleared):
        raise FactOffMatter(matters="、".join(law.MATTERS))
    return cleared


def _neutral(words: str, about: Participant, people: People, field: str, *, at: tuple[str, ...]) -> Cleared:
    """Return words, tidied, that may be shown in public."""
    tidy = clean_required(words, maximum=100)
    if law.names(tidy, about.name):
        raise FactNamesSomebody(field=field, at=at)
    return law.clear(tidy, Use.FACT, field=field, people=people, at=at)


def rule_in_words(
    session: Session, village: str, rule: str, about: Participant, day: date, people: People
) -> Cleared:
    """Return the rule in words: an item's code with its title, or the clause as written.

    Raises:
        TextInvalid: it is empty, or longer than 100 characters.
        FactNamesSomebody: it contains the household's name.
        Wording: it holds what the law keeps private.
        NamesSomebody: it names somebody of the village.
        RuleUnfit: it is the code of an item that gives points.
        RuleNotPublic: it is the code of an item that may not be shown.
    """
    tidy = _neutral(rule, about, people, "依据", at=("rule",))
    try:
        item = {item.code: item for item in scoring.items(session, village=village, day=day)}.get(tidy)
    except scoring.problems.SchemeUnknown:
        item = None
    if item is None:
        return tidy
    if item.direction == "plus":
        raise RuleUnfit(rule=tidy)
    if not scoring.is_publishable(item):
        raise RuleNotPublic(rule=tidy)
    return law.clear(f"{item.code} {item.title}", Use.FAULT, field="依据", people=people, at=("rule",))
