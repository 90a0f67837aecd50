"""Proof for everybody, without signing in: closed months, checkpoints, proofs, and the check of a poster."""

import re
import tempfile
import threading
from collections.abc import Sequence
from datetime import datetime

from flask import Response, render_template, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from pointsbank import failures, proof
from pointsbank.dates import SHANGHAI
from pointsbank.errors import Invalid
from pointsbank.labels.log_kind import LOG_KIND
from pointsbank.photos.reading import PhotoUnreadable
from pointsbank.proof import Anchor, PosterCheck
from pointsbank.waiting import OneForAll
from pointsbank.web import access, forms, open_pages, posters, proof_files, uploads
from pointsbank.web.access import PUBLIC
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page
from pointsbank.web.posters import Poster

page = Page()

_CODE = re.compile("pointsbank-anchor-v1:|/check#[0-9]{204}")
"""What a poster's code, or a slip's, has in it."""
_PACKING, _HASHING = threading.BoundedSemaphore(2), threading.BoundedSemaphore(2)
"""A long log takes a second of the processor to pack or to hash; more at once would be felt at the tills."""
_SHARED, _SECONDS = "posters held against the log", 10.0
"""A whole assembly checks its posters in one minute: the log is hashed once for all of so many seconds."""
_IN_MEMORY = 1 << 20
"""So many bytes of a packed log are kept in memory, more in a file that has no name."""


class PosterPhotoUnreadable(Invalid):
    """There is no poster's or slip's code on the photo."""

    code = "poster_photo_unreadable"
    sentence = "照片里没有认出海报或小票的二维码。请靠近些，让二维码占满画面再拍，或照海报输入30位数字。"
    at = ("photo",)


@page.get("/open/<village>/verify.py", PUBLIC)
def open_verifier(village: str) -> Response:
    """Send the file that checks the log of closed months."""
    _check_village(village)
    return send_file(
        proof.verifier_file(),
        mimetype="text/x-python",
        as_attachment=True,
        download_name="verify.py",
        etag=False,
    )


@page.get("/open/<village>/checkpoint", PUBLIC)
def open_checkpoint(village: str) -> Response:
    """Send the checkpoint of the last closed month."""
    _check_village(village)
    with access.database().reading() as session:
        found = proof.sealed_checkpoint(session, village=village, **proof_files.signing(village))
    return proof_files.sent(found, f"{village}-{found.anchor.month}-checkpoint.txt")


@page.get("/open/<village>/proofs/<index>", PUBLIC)
def open_entry_proof(village: str, index: str) -> Response:
    """Send the proof that an entry stands under the last closed month's anchor."""
    _check_village(village)
    number = int(index) if re.fullmatch("[0-9]{1,15}", index) else -1
    with access.database().reading() as session:
        found = proof.sealed_inclusion(session, village=village, index=number, **proof_files.signing(village))
    return proof_files.sent(found, f"{village}-{number}.tlog-proof")


@page.get("/open/<village>/consistency/<first>/<second>", PUBLIC)
def open_consistency(village: str, first: str, second: str) -> Response:
    """Send the proof that the log of one closed month is the beginning of a later one's."""
    _check_village(village)
    with access.database().reading() as session:
        found = proof.sealed_consistency(
            session, village=village, first=first, second=second, **proof_files.signing(village)
        )
    return proof_files.sent(found, f"{village}-{first}-{second}.txt")


@page.get("/open/<village>/months/<month>/ledger.jsonl.gz", PUBLIC)
def open_ledger(village: str, month: str) -> Response:
    """Send the log up to a closed month's anchor, packed.

    Raises:
        Busy: two are being packed.
    """
    _check_village(village)
    lines = proof.public_lines(access.database(), village=village, month=month)
    if not _PACKING.acquire(blocking=False):
        raise failures.Busy()
    # Whole before it is sent: who reads slowly, or hangs up, keeps neither a place nor a thread.
    out = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with the answer
    try:
        out.writelines(proof.gzipped(lines))
    finally:
        _PACKING.release()
    out.seek(0)
    return send_file(
        out,
        mimetype="application/gzip",
        as_attachment=True,
        download_name=f"{village}-{month}.jsonl.gz",
        etag=False,
    )


@page.get("/open/<village>/months/<month>/check", PUBLIC)
def check_poster_form(village: str, month: str) -> Response:
    """Show where a poster's digits are typed, or its code is photographed."""
    return _check_page(village, month, forms.unbound(Poster))


@page.post("/open/<village>/months/<month>/check", PUBLIC, form=Poster)
def check_poster(village: str, month: str) -> ResponseReturnValue:
    """Say whether a poster fits the month, and the log the poster; nothing is written.

    Raises:
        Busy: the logs of two other villages are being hashed.
    """
    form = forms.bind(Poster)
    photo = request.files.get("photo")
    with access.database().reading() as session:
        anchors, damaged = proof.legible_anchors(session, village=village)

    def checked() -> PosterCheck:
        photographed = photo is not None and photo.filename
        text = _code_on(photo) if photo and photographed else str(form.data.get("typed", ""))
        fit = proof.check_poster(anchors, month=month, text=text)
        if fit.anchor is None and damaged:
            # It may be of the very month whose seal somebody took away.
            raise damaged[0]
        return fit if fit.anchor is None else _checked_log(village, anchors, fit)

    found = forms.run_catching_refusals(form, checked)
    return _check_page(village, month, form, found), form.status


def _checked_log(village: str, anchors: Sequence[Anchor], fit: PosterCheck) -> PosterCheck:
    """Return what was found of a poster once the log was hashed anew, for all who ask within some seconds.

    Raises:
        Busy: the logs of two other villages are being hashed.
    """
    database = access.database()

    def stand() -> frozenset[bytes]:
        if not _HASHING.acquire(blocking=False):
            raise failures.Busy()
        try:
            return proof.standing(database, anchors, village=village)
        finally:
            _HASHING.release()

    shared: OneForAll[frozenset[bytes]] = database.info.setdefault(_SHARED, OneForAll(_SECONDS))
    return proof.check_log(fit, shared.answer(village, tuple(anchors), stand))


def _code_on(photo: FileStorage) -> str:
    """Return what the poster's code on a photo says.

    Raises:
        PosterPhotoUnreadable: there is none; and those of `uploads.read`.
    """
    try:
        found: list[str] = uploads.read("pointsbank.photos.reading:codes", photo, _CODE.pattern)
    except PhotoUnreadable as error:
        raise PosterPhotoUnreadable() from error
    if not _CODE.search(found[0]):
        raise PosterPhotoUnreadable()
    return found[0]


def _check_page(village: str, month: str, form: BoundForm, checked: PosterCheck | None = None) -> Response:
    """Draw the check of a month's poster, with what was sent and found."""
    with access.database().reading() as session:
        place = open_pages.place_of(session, village)
    poster = posters.facts(village, month)
    entry = checked.entry if checked else None
    drawn = render_template(
        "open/check.html",
        village=place,
        poster=poster,
        form=form,
        checked=checked,
        entry_kind=LOG_KIND.name(entry.kind) if entry else "",
        entry_at=_local(entry.moment) if entry else "",
    )
    return open_pages.answer(drawn)


def _local(moment: str) -> str:
    """An entry's moment on the village's clock."""
    return f"{datetime.fromisoformat(moment).astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _check_village(village: str) -> None:
    """Raise VillageUnknown where there is no such village."""
    with access.database().reading() as session:
        open_pages.place_of(session, village)
