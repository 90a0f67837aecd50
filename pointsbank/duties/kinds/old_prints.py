"""Removes printed files that lay in `out/` for their days: some hold the codes of cards in clear."""

from datetime import datetime

from pointsbank.duties import printed_files
from pointsbank.duties.duty import Duty, Site, Work
from pointsbank.jobs import Job


def _is_due(site: Site, _job: Job, at: datetime) -> bool:
    return bool(printed_files.too_old(site.settings.out_dir, at=at))


def _run(work: Work) -> str:
    removed = printed_files.remove_old(work.site.settings.out_dir, at=work.at)
    return f"删除了{removed}个到期的打印文件。"


DUTY = Duty(
    name="old_prints",
    title="到期的打印文件",
    when="每分钟看一次，到期的就删除；积分卡的文件只留七天。",
    is_due=_is_due,
    run=_run,
)
