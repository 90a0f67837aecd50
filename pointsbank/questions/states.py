"""How a question stands, and what may happen to it then: one pure function for each rule."""

from collections.abc import Collection
from datetime import date, timedelta

from pointsbank.errors import Invalid, NotAllowed, Refused
from pointsbank.labels.answering_role import ANSWERING_ROLE
from pointsbank.labels.question_status import QUESTION_STATUS
from pointsbank.labels.unpublished_reason import UNPUBLISHED_REASON

OPEN, PUBLISHED, UNPUBLISHED, WITHDRAWN = "open", "published", "unpublished", "withdrawn"
STATUSES = (OPEN, PUBLISHED, UNPUBLISHED, WITHDRAWN)

COUNTER, CARD = "counter", "card"


class QuestionWithdrawn(Refused):
    """Who asked took it back."""

    code = "question_withdrawn"
    sentence = "这条提问已经由本人撤回，不再答复。还想问的，请重新登记。"
    fixed_by = "本人"


class QuestionAnswered(Refused):
    """It was answered; only what is open is passed on."""

    code = "question_answered"
    sentence = "这条提问{status}，不能再转交。要补充的，请由{role}再答复一次。"
    fixed_by = "本人"


class OthersAnswer(NotAllowed):
    """Another role answers this question."""

    code = "others_answer"
    sentence = "这条提问由{role}答复。该由别人答复的，请先转交。"
    fixed_by = "村委"


class OthersPassOn(NotAllowed):
    """Nobody takes a question: who has it, or the administrator, hands it over."""

    code = "others_pass_on"
    sentence = "这条提问由{role}答复，要换别人答复的，请{role}转，或者请管理员转。"
    fixed_by = "管理员"


class AnswerUnclear(Invalid):
    """Published and not published at once, or neither."""

    code = "answer_unclear"
    sentence = "请选一样：公开这一问一答；不公开的，选一个原因。"
    fixed_by = "本人"
    at = ("reason",)


class AnsweringRoleUnknown(Invalid):
    """No such role answers."""

    code = "answering_role_unknown"
    sentence = "没有“{given}”，请从{roles}里选一个来答复。"
    fixed_by = "本人"
    at = ("role",)


def check_role(role: str) -> str:
    """Return a role that answers, a code of `labels.answering_role`.

    Raises:
        AnsweringRoleUnknown: none such answers.

    Example:
        >>> check_role("supervisor")
        'supervisor'
    """
    if role not in ANSWERING_ROLE.codes:
        raise AnsweringRoleUnknown(given=role[:20], roles="、".join(ANSWERING_ROLE.names.values()))
    return role


def check_answerer(role: str, roles: Collection[str]) -> None:
    """Refuse an answer by who does not have the role that answers.

    Args:
        roles: what the answerer is in the village.

    Raises:
        OthersAnswer: it is not among them.

    Example:
        >>> check_answerer("committee", {"committee", "admin"})
    """
    if role not in roles:
        raise OthersAnswer(role=ANSWERING_ROLE.name(role))


def check_passer(role: str, roles: Collection[str]) -> None:
    """Refuse that a question is passed on by another role that answers, unless it is the administrator.

    A doubt about the committee that was put to the supervisor is not the committee's to take.

    Args:
        roles: what somebody is in the village; none for the operator of the machine.

    Raises:
        OthersPassOn: it is so.

    Example:
        >>> check_passer("supervisor", {"supervisor"}), check_passer("supervisor", {"committee", "admin"})
        (None, None)
    """
    if role not in roles and "admin" not in roles and set(ANSWERING_ROLE.codes) & set(roles):
        raise OthersPassOn(role=ANSWERING_ROLE.name(role))


def check_stands(status: str) -> None:
    """Refuse what concerns a question that was withdrawn.

    Raises:
        QuestionWithdrawn: it was.

    Example:
        >>> check_stands("published")
    """
    if status == WITHDRAWN:
        raise QuestionWithdrawn()


def check_open(status: str, role: str) -> None:
    """Refuse to pass on what is answered or withdrawn.

    Raises:
        QuestionWithdrawn, QuestionAnswered: it is.

    Example:
        >>> check_open("open", "committee")
    """
    check_stands(status)
    if status != OPEN:
        raise QuestionAnswered(status=QUESTION_STATUS.name(status), role=ANSWERING_ROLE.name(role))


def check_reason(published: bool, reason: str | None) -> str | None:
    """Return why an answer does not hang, a code of `labels.unpublished_reason`; None where it hangs.

    Raises:
        AnswerUnclear: it hangs and has a reason not to, or has none.

    Example:
        >>> check_reason(False, "insult"), check_reason(True, None)
        ('insult', None)
    """
    if published is (reason is not None) or reason not in (None, *UNPUBLISHED_REASON.codes):
        raise AnswerUnclear()
    return reason


def last_shown(answered_on: date, days: int) -> date:
    """Return the last day on which a question hangs with its answer.

    Args:
        days: calendar days, 7 to 365, the day of the answer not counted.

    Example:
        >>> last_shown(date(2026, 9, 1), 90)
        datetime.date(2026, 11, 30)
    """
    return answered_on + timedelta(days=days)
