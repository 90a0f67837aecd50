"""Settles notices whose days are over, in villages that chose so; what is contested waits for its answer.

Each notice is a write of its own: one that fails is said and tried again, and stops no other. Settling locks
the notice and looks again, so a person who presses the button at the same moment posts nothing twice.
"""

from datetime import datetime

from pointsbank import publicity, villages
from pointsbank.duties.duty import Duty, Site, Work, failure_in_words
from pointsbank.errors import Refused
from pointsbank.jobs import Job
from pointsbank.publicity import Settled

_NAMED = 3


class NoticesNotSettled(Refused):
    """Some notices could not be settled; the others were."""

    code = "notices_not_settled"
    sentence = "{count} 份期满的公示没有入账（{which}），稍后再试；其余入账 {done} 份。原因：{why}"
    fixed_by = "管理员"


def _is_due(site: Site, _job: Job, at: datetime) -> bool:
    with site.database.reading() as session:
        return bool(publicity.due_by_themselves(session, at=at))


def _run(work: Work) -> str:
    """Settle one notice after another, the longest over first.

    Raises:
        NoticesNotSettled: some could not be settled.

    And those of `Work.report`.
    """
    with work.site.database.reading() as session:
        due = publicity.due_by_themselves(session, at=work.at)
        names = {one.id: one.name for one in villages.everyone(session)}
    done: list[Settled] = []
    failed: dict[str, str] = {}
    for step, one in enumerate(due):
        called = f"{names[one.village]}“{one.title}”"
        work.report(step, len(due), called)
        try:
            with work.site.database.writing() as session:
                done.append(
                    publicity.settle(session, village=one.village, notice=one.notice, by=work.by, at=work.at)
                )
        except Exception as error:
            # Whatever is wrong in one village, the notices of the others are not kept from their day.
            failed[called] = failure_in_words(error, work.name)
    ours = [one for one in done if not one.already]
    if failed:
        which = "、".join(list(failed)[:_NAMED]) + ("等" if len(failed) > _NAMED else "")
        why = next(iter(failed.values()))
        raise NoticesNotSettled(count=len(failed), which=which, done=len(ours), why=why)
    return _in_words(ours)


def _in_words(settled: list[Settled]) -> str:
    """Return e.g. 入账2份公示，共41条；有异议的1条等答复。"""
    if not settled:
        return "期满的公示已经有人入账。"
    contested = sum(one.contested for one in settled)
    waiting = f"；有异议的{contested}条等答复" if contested else ""
    return f"入账{len(settled)}份公示，共{sum(one.posted for one in settled)}条{waiting}。"


DUTY = Duty(
    name="settling",
    title="公示期满入账",
    when="每分钟看一次：村里选了自动入账的，公示期满第二天把没有异议的评分入账。",
    is_due=_is_due,
    run=_run,
)
