"""What the program does by itself, how far it is and how it ended; backups: their age, and to take along."""

import io
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from flask import Response, render_template, request, send_file
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError, post_load, validates
from sqlmodel import Session

from pointsbank import backups, duties, encryption, jobs, staff
from pointsbank.duties import Duty, Site
from pointsbank.jobs import Job
from pointsbank.staff import Permission
from pointsbank.web import access, addresses, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page

page = Page()


@dataclass(frozen=True, slots=True)
class Shown:
    """A duty as the page shows it, with its job as it stands."""

    duty: Duty
    job: Job


class Taken(forms.Form):
    """What locks a backup that is taken along, typed twice."""

    passphrase = forms.Secret(required=True)
    again = forms.Secret(required=True)

    @validates("passphrase")
    def long_enough(self, value: str, **_: object) -> None:
        """Refuse one that is too short, at its field; raises ValidationError."""
        try:
            encryption.check_length(value)
        except encryption.PassphraseTooShort as short:
            raise ValidationError(short.detail) from None

    @post_load
    def same(self, data: dict[str, str], **_: object) -> dict[str, str]:
        """Refuse two that differ, one of which would open nothing; raises ValidationError."""
        if data["passphrase"] != data.pop("again"):
            raise ValidationError("两次输入的口令不一样，请重新输入。", "again")
        return data


@page.form("/jobs", Permission.JOBS_MANAGE)
def job_list(form: BoundForm) -> str:
    """Show every duty with its state, and where the backups lie."""
    return _drawn(form)


def _drawn(form: BoundForm, passphrase: str = "") -> str:
    site = Site(access.database(), access.settings())
    with access.database().reading() as session:
        known = jobs.every(session)
        names = staff.actors(session, ids=[one.asked_by for one in known.values() if one.asked_by])
    shown = [
        Shown(duty, known.get(duty.name, Job(duty.name))) for duty in duties.every() if duty.serves(site)
    ]
    return render_template(
        "jobs.html",
        form=form,
        shown=shown,
        names=names,
        # While something is done the page looks again by itself; not while somebody copies from it.
        under_way=not passphrase and any(one.job.is_running or one.job.asked_at for one in shown),
        places=duties.places(access.settings(), at=access.now()) if access.database().is_sqlite else [],
        is_locked=_has_locked_backups(),
        passphrase=passphrase,
    )


def _has_locked_backups() -> bool:
    """Return whether the program itself locks backups: those in folders outside the data directory."""
    return access.database().is_sqlite and bool(access.settings().backup_to)


@page.action("/jobs/<job>", Permission.JOBS_MANAGE, on=job_list)
def request_job(session: Session, form: BoundForm, job: str) -> str:
    """Ask for a duty to be done now; raises DutyUnknown for one that nobody may ask for."""
    duty = duties.find(job)
    if not duty.askable:
        raise duties.problems.DutyUnknown()
    jobs.request(session, name=duty.name, **access.by_and_at())
    return f"马上就做：{duty.title}。"


@page.post("/jobs/backup/download", Permission.BACKUP_TAKE, form=Taken, on=job_list)
def take_backup() -> ResponseReturnValue:
    """Make a backup, locked by a passphrase, write down who takes it along, and send it."""
    form = forms.bind(Taken)
    made = forms.run_catching_refusals(form, lambda: _fresh_backup(form.data["passphrase"]))
    if made is None:
        return job_list.show(form)
    name = duties.name_of(access.now())
    with access.database().writing() as session:
        staff.note_backup_taken(
            session,
            **access.by_and_at(),
            address=addresses.of(request),
            file=name,
            size=made.stat().st_size,
        )
    return _sent_once(made, name)


@page.post("/jobs/backup/passphrase", Permission.BACKUP_TAKE)
def show_passphrase() -> ResponseReturnValue:
    """Write down who looks at what opens the locked backups, then show it; raises BackupsNotLocked."""
    if not _has_locked_backups():
        raise duties.problems.BackupsNotLocked()
    with access.database().writing() as session:
        staff.note_passphrase_shown(session, **access.by_and_at(), address=addresses.of(request))
    return _drawn(job_list.carried(forms.unbound()), duties.passphrase(access.settings()))


def _fresh_backup(passphrase: str) -> Path:
    """Make a backup in the folder whose files go with the request, or at the next start."""
    folder = access.settings().uploads_dir
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder, suffix=".gz")
    os.close(descriptor)
    try:
        backups.backup(access.database(), Path(name), passphrase=passphrase)
    except BaseException:
        os.unlink(name)
        raise
    return Path(name)


class _RemovedWhenClosed(io.FileIO):
    """A file that goes when it is closed: for a file that is sent `call_on_close` calls nothing."""

    def close(self) -> None:
        """Close and remove it."""
        super().close()
        Path(str(self.name)).unlink(missing_ok=True)


def _sent_once(file: Path, name: str) -> Response:
    """Send a file under a name, and remove it when it is sent or given up."""
    size = file.stat().st_size
    opened = _RemovedWhenClosed(file)
    response = send_file(opened, "application/octet-stream", as_attachment=True, download_name=name)
    response.content_length = size
    return response
