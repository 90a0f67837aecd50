"""Photos that are kept with something: drawn anew before any write, and sent to who may see it.

What a phone sends never reaches the database: a child process draws it small, upright and bare
(`photos.redrawing`), before the transaction begins.
"""

from flask import Response, request

from pointsbank.attachments import Attachment
from pointsbank.errors import Invalid
from pointsbank.web import forms, uploads
from pointsbank.web.forms import BoundForm, Form

FIELD = "photos"
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}

# Whatever it is, nothing in it runs, and it opens nothing.
_POLICY = "default-src 'none'; sandbox"


class TooManyPhotos(Invalid):
    """More photos were chosen than are kept."""

    code = "too_many_photos"
    sentence = "一次最多选{most}张照片，这次选了{count}张。请重新选择。"
    fixed_by = "本人"
    at = ("photos", "photo")


class PhotoMissing(Invalid):
    """No photo was chosen."""

    code = "photo_missing"
    sentence = "请先选一张照片。"
    fixed_by = "本人"
    at = ("photos", "photo")


def with_photos(schema: type[Form], *, maximum: int, required: bool = False) -> forms.Reader:
    """Return what reads a posted form and the photos beside it, drawn anew, as its value `photos`.

    Args:
        maximum: photos at once.
        required: one at least is wanted.
    """

    def read() -> BoundForm:
        form = forms.bind(schema)
        add_photos(form, maximum=maximum, required=required)
        return form

    return forms.Reader(schema, read)


def redrawn(*, maximum: int, required: bool = False) -> list[bytes]:
    """Return the photos sent beside a form, drawn anew.

    Raises:
        TooManyPhotos, PhotoMissing: there are too many, or none where one is wanted.
        PhotoKindUnknown, PhotoTooLarge, PhotoCutOff: as `photos.redrawing.redraw`.
        Busy, ReadingStopped: as `uploads.read`.
    """
    chosen = [one for one in request.files.getlist(FIELD) if one.filename]
    if len(chosen) > maximum:
        raise TooManyPhotos(most=maximum, count=len(chosen))
    if required and not chosen:
        raise PhotoMissing()
    return [uploads.read("pointsbank.photos.redrawing:redrawn", one)[0] for one in chosen]


def add_photos(form: BoundForm, *, maximum: int, required: bool = False) -> None:
    """Put the photos sent beside a bound form into its data, drawn anew.

    What that raises, as TooManyPhotos and PhotoMissing, is kept on the form.
    """
    found = forms.run_catching_refusals(form, lambda: redrawn(maximum=maximum, required=required))
    form.data[FIELD] = found or []


def sent_inline(attachment: Attachment, content: bytes) -> Response:
    """Return the answer that shows a photo on a page; a paper is offered to be saved and opened nowhere.

    Nobody may keep it (`caching`), and no other site may show it.
    """
    is_photo = attachment.media_type.startswith("image/")
    name = f"photo-{attachment.number}.{_ENDINGS[attachment.media_type]}"
    response = Response(content, mimetype=attachment.media_type)
    response.headers["Content-Disposition"] = f"{'inline' if is_photo else 'attachment'}; filename={name}"
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
