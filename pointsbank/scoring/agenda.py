"""What a meeting is to talk about, line by line, and what came of each line."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import Session, col, select

from pointsbank.errors import Invalid
from pointsbank.labels.agenda_kind import AGENDA_KIND
from pointsbank.scoring.call_models import AgendaRow
from pointsbank.text import clean

MAXIMUM_LINES = 30
MAXIMUM_SUBJECT = 200


class AgendaInvalid(Invalid):
    """The agenda is too long, or a line of it."""

    code = "agenda_invalid"
    sentence = "{reason}"
    fixed_by = "村委"
    at = ("agenda",)


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line of an agenda; `kind` is a code of `labels.agenda_kind`, `outcome` empty until there is one."""

    kind: str
    subject: str = ""
    outcome: str = ""
    position: int = 0

    @property
    def words(self) -> str:
        """The line as people write it.

        Example:
            >>> AgendaLine("red_board", "修桥的几户").words, AgendaLine("scores").words
            ('红榜提名：修桥的几户', '评分')
        """
        name = AGENDA_KIND.name(self.kind)
        return f"{name}：{self.subject}" if self.subject else name


def read_agenda(written: str) -> list[AgendaLine]:
    r"""Return the lines of an agenda as typed: each may begin with the name of a kind; else it is 其他.

    Raises:
        TextInvalid: it is too long or holds hidden characters.

    Example:
        >>> [(one.kind, one.subject) for one in read_agenda("评分\n红榜提名：修桥的几户\n明年的水费")]
        [('scores', ''), ('red_board', '修桥的几户'), ('other', '明年的水费')]
    """
    lines = [line.strip(" 、，。；;.") for line in clean(written, maximum=20_000, lines=True).splitlines()]
    return [_read_line(line) for line in lines if line]


def check_agenda(lines: Sequence[AgendaLine]) -> list[AgendaLine]:
    """Return an agenda tidied.

    Raises:
        AgendaInvalid: more than 30 lines, or one longer than 200 characters.
        TextInvalid: a line holds hidden characters.
    """
    if len(lines) > MAXIMUM_LINES:
        raise AgendaInvalid(reason=f"议程最多{MAXIMUM_LINES}行，请合并几行。")
    for one in lines:
        if len(one.subject) > MAXIMUM_SUBJECT:
            raise AgendaInvalid(
                reason=f"议程每行最多{MAXIMUM_SUBJECT}字，请把“{one.subject[:10]}”这一行写短些。"
            )
    return [AgendaLine(one.kind, clean(one.subject, maximum=MAXIMUM_SUBJECT)) for one in lines]


def _read_line(line: str) -> AgendaLine:
    """Return one line: the kind that its beginning names, and the rest."""
    for mark in ("：", ":"):
        name, found, rest = line.partition(mark)
        kind = AGENDA_KIND.code(name.strip())
        if found and kind is not None:
            return AgendaLine(kind, rest.strip())
    kind = AGENDA_KIND.code(line)
    return AgendaLine(kind) if kind is not None else AgendaLine("other", line)


def write_agenda(session: Session, lines: Sequence[AgendaLine], *, village: str, call: str) -> None:
    """Write an agenda in the place of the one before; what came of lines that stay as they were is kept."""
    before = {(one.kind, one.subject): one.outcome for one in agenda_of(session, village=village, call=call)}
    session.exec(delete(AgendaRow).where(AgendaRow.in_village(village), col(AgendaRow.call_id) == call))
    session.expire_all()
    for position, one in enumerate(lines, start=1):
        session.add(
            AgendaRow(
                village_id=village,
                call_id=call,
                position=position,
                kind=one.kind,
                subject=one.subject,
                outcome=one.outcome or before.get((one.kind, one.subject), ""),
            )
        )
    session.flush()


def agendas(session: Session, *, village: str, calls: Sequence[str]) -> dict[str, list[AgendaLine]]:
    """Return the agendas of calls (ids), each in its order; an empty one for a meeting nobody called."""
    query = select(AgendaRow).where(AgendaRow.in_village(village), col(AgendaRow.call_id).in_(calls))
    ordered = query.order_by(col(AgendaRow.position)).execution_options(populate_existing=True)
    found: dict[str, list[AgendaLine]] = {call: [] for call in calls}
    for row in session.exec(ordered):
        found[row.call_id].append(row.into(AgendaLine))
    return found


def agenda_of(session: Session, *, village: str, call: str) -> list[AgendaLine]:
    """Return the agenda of a call (id), in its order; nothing for a meeting that was not called."""
    return agendas(session, village=village, calls=[call])[call]
