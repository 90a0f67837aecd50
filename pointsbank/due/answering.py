"""What each role has to answer of what villagers ask."""

from sqlmodel import Session

from pointsbank import questions
from pointsbank.due.kind import Asked, Due, Kind, one_or_all
from pointsbank.due.wording import last_day_in_words
from pointsbank.staff import Permission, Role


def answered_by(role: Role) -> Kind:
    """Return the kind of questions that wait for this role, and that only who has it is told of.

    Example:
        KIND = answered_by(Role.SUPERVISOR)
    """

    def waiting(session: Session, asked: Asked) -> Due | None:
        found = questions.waiting(session, village=asked.village, role=role.value)
        if not found:
            return None
        first = found[0]
        return one_or_all(
            len(found),
            f"{len(found)}条提问等您答复，最早的{last_day_in_words(first.due_on, asked.today)}",
            ("one_question", {"question": first.id}),
            ("question_list", {"status": "open", "role": role.value}),
            late=first.overdue_on(asked.today),
        )

    name = f"questions_for_{role.value}"
    return Kind(name, Permission.QUESTION_ANSWER, "question_list", waiting, role=role)
