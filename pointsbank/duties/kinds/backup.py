"""Backs the database up every day, checks the backup, and copies it to the folders that are set."""

import contextlib
import shutil
from datetime import datetime
from pathlib import Path

from pointsbank import backups, encryption, failures
from pointsbank.config import Settings
from pointsbank.durable import writing_whole
from pointsbank.duties import backup_places
from pointsbank.duties.backup_places import Kept
from pointsbank.duties.duty import Duty, Site, Work
from pointsbank.errors import Refused
from pointsbank.jobs import Job

_CHUNK = 1 << 20
_ABANDONED = 3600.0
"""Seconds after which a half-made file is nobody's any more."""


class BackupNotCopied(Refused):
    """The backup was made and could not be copied to every folder that is there."""

    code = "backup_not_copied"
    sentence = "备份做好了，但没有复制到 {folder}：{why}。请检查U盘或磁盘的空间和权限。"
    fixed_by = "管理员"


def _is_due(site: Site, _job: Job, at: datetime) -> bool:
    """Return whether today's backup is not made yet, or a folder that is there lacks the newest."""
    newest = _newest(site.settings, at)
    return backup_places.is_due(newest, at=at) or (newest is not None and bool(_lacking(site, newest)))


def _run(work: Work) -> str:
    """Make today's backup unless it is there, copy it to every folder that lacks it, remove old ones."""
    settings = work.site.settings
    newest = _newest(settings, work.at)
    steps = 2 + len(settings.backup_to)
    # What was made before the program was killed is not made again: its name says so.
    if newest is None or work.asked or backup_places.is_due(newest, at=work.at):
        work.report(0, steps, "备份数据库")
        newest = _make(work)
        work.report(1, steps, "检查备份能不能恢复")
        _check(newest, settings)
    lacking = _lacking(work.site, newest)
    failed: list[BackupNotCopied] = []
    for number, folder in enumerate(lacking, start=2):
        work.report(min(number, steps), steps, f"复制到 {folder}")
        try:
            _copy(newest, folder, work, (number, steps))
        except BackupNotCopied as refused:
            # One stick that is full must not keep the other from its copy.
            failed.append(refused)
    for folder in (settings.backups_dir, *settings.backup_to):
        mark = backup_places.mark_in(folder, settings)
        for one in backup_places.surplus(backup_places.kept_in(folder, mark), at=work.at):
            # A stick that cannot be written has been told of already.
            with contextlib.suppress(OSError):
                one.file.unlink(missing_ok=True)
    if failed:
        raise failed[0]
    return _in_words(newest, settings)


def _newest(settings: Settings, at: datetime) -> Kept | None:
    return backup_places.newest_of(backup_places.kept_in(settings.backups_dir), at=at)


def _make(work: Work) -> Kept:
    """Make a backup beside the others."""
    _remove_leftovers(work)
    file = work.site.settings.backups_dir / backup_places.name_of(work.at)
    size = backups.backup(work.site.database, file)
    return Kept(file, work.at, size)


def _remove_leftovers(work: Work) -> None:
    """Remove what a backup left half done whose program was killed: each is as large as the database."""
    folder, data = work.site.settings.backups_dir, work.site.settings.data_dir
    left = [*folder.glob(".backup-*"), *folder.glob(".pointsbank-*.part"), *data.glob(".restore-*")]
    for one in left:
        # A younger one may be somebody's who backs up or restores at this moment.
        with contextlib.suppress(OSError):
            if work.at.timestamp() - one.stat().st_mtime > _ABANDONED:
                shutil.rmtree(one) if one.is_dir() else one.unlink()


def _check(made: Kept, settings: Settings) -> None:
    """Unpack a backup and look through it; one that could not be restored goes, and is no backup."""
    try:
        with backups.opened(made.file, aside=settings.data_dir):
            pass
    except backups.BackupUnusable:
        made.file.unlink(missing_ok=True)
        raise


def _lacking(site: Site, newest: Kept) -> list[Path]:
    """Return the folders that are there and lack the newest backup; a stick that is away lacks nothing."""
    return [
        folder
        for folder in site.settings.backup_to
        if folder.is_dir() and not backup_places.copy_in(folder, newest, site.settings).exists()
    ]


def _copy(made: Kept, folder: Path, work: Work, step: tuple[int, int]) -> None:
    """Copy a backup into a folder, locked, whole or not at all.

    Raises:
        BackupNotCopied: the folder is full, or was taken away meanwhile.

    And those of `encryption.locking`.
    """
    try:
        with (
            made.file.open("rb") as content,
            writing_whole(backup_places.copy_in(folder, made, work.site.settings)) as out,
            encryption.locking(out, backup_places.passphrase(work.site.settings)) as locked,
        ):
            copied = 0
            while chunk := content.read(_CHUNK):
                locked.write(chunk)
                copied += len(chunk)
                work.report(*step, f"复制到 {folder}（{copied * 100 // max(1, made.size)}%）")
    except OSError as error:
        raise BackupNotCopied(folder=folder, why=failures.why(error)) from error


def _in_words(made: Kept, settings: Settings) -> str:
    """Return e.g. 已备份（312 KB），并复制到1处；/media/u 不在，没有复制。"""
    here = [folder for folder in settings.backup_to if folder.is_dir()]
    away = [str(folder) for folder in settings.backup_to if not folder.is_dir()]
    copied = f"，并复制到{len(here)}处" if here else ""
    missing = f"；{'、'.join(away)} 不在，没有复制" if away else ""
    return f"已备份（{made.size // 1024 + 1} KB）{copied}{missing}。"


DUTY = Duty(
    name="backup",
    title="备份",
    when="每天凌晨两点以后第一次看到时备份一次；机器夜里关着，就在开机以后备份。U盘插上时补一份。",
    is_due=_is_due,
    run=_run,
    is_long=True,
    askable=True,
    serves=lambda site: site.database.is_sqlite,
)
