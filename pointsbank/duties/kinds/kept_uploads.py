"""Removes files that somebody sent to be imported and went away from: they hold names and balances."""

from datetime import datetime

from pointsbank import imports
from pointsbank.duties.duty import Duty, Site, Work
from pointsbank.jobs import Job


def _is_due(site: Site, _job: Job, at: datetime) -> bool:
    return bool(imports.kept.too_old(site.settings.kept_uploads_dir, at=at.timestamp()))


def _run(work: Work) -> str:
    removed = imports.kept.remove_old(work.site.settings.kept_uploads_dir, at=work.at.timestamp())
    return f"删除了{removed}个上传了没有导入的文件。"


DUTY = Duty(
    name="kept_uploads",
    title="上传了没有导入的文件",
    when="每分钟看一次，放了两小时的就删除。",
    is_due=_is_due,
    run=_run,
)
