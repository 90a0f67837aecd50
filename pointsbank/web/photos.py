"""Reads the code on a photographed card."""

from werkzeug.datastructures import FileStorage

from pointsbank import roster
from pointsbank.errors import Invalid
from pointsbank.web import uploads


class SeveralCards(Invalid):
    """There are several cards on the photo, and it is not for us to choose."""

    code = "several_cards"
    sentence = "照片里有{count}张积分卡，请只拍一张。"
    fixed_by = "店员"
    at = ("photo",)


def read_code(photo: FileStorage) -> str:
    """Return the text of the card's code on a photo, whatever other codes lie beside it.

    Where there is no card's code, some other code: the till says what is wrong with it.

    Raises:
        SeveralCards: there are two or more cards on it.
        PhotoUnreadable, PhotoKindUnknown, PhotoTooLarge, PhotoCutOff: as `photos.reading.codes`.
        ReadingStopped, Busy: as `uploads.read`.
    """
    found: list[str] = uploads.read("pointsbank.photos.reading:codes", photo, roster.TOKEN_AT_END)
    cards = {token for text in found if (token := roster.read_token(text)) is not None}
    if len(cards) > 1:
        raise SeveralCards(count=len(cards))
    return next((text for text in found if roster.read_token(text) in cards), found[0])
