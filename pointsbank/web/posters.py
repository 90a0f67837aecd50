"""What the check of a month's poster is drawn from, on the month's own page and after something was sent."""

from dataclasses import dataclass

from pointsbank import proof
from pointsbank.proof import Anchor, SigningKey
from pointsbank.schemas.fields import Text
from pointsbank.web import access, forms, proof_files


class Poster(forms.Form):
    """What is on a poster: its digits, or what its code says."""

    typed = Text(maximum=3000, lines=True, load_default="")


@dataclass(frozen=True, slots=True)
class PosterFacts:
    """What a poster is held against: the month's anchor and its content, and the digits of other months.

    `key`: what signs here, None where nothing is signed; `not_covered`: sentences on what no proof shows.
    """

    anchor: Anchor
    others: tuple[str, ...]
    key: SigningKey | None
    not_covered: tuple[str, ...]

    @property
    def size(self) -> int:
        """Entries that the month's anchor seals."""
        return int(self.anchor.fields["size"])

    @property
    def content(self) -> str:
        """The line that the month's digest is made of."""
        return self.anchor.content.decode()


def facts(village: str, month: str) -> PosterFacts:
    """Return what a closed month's poster is held against.

    Raises:
        AnchorUnknown: the month is not closed.
    """
    signing = proof_files.signing(village)
    with access.database().reading() as session:
        every, _ = proof.legible_anchors(session, village=village)
        sealed = proof.anchor(session, village=village, month=month)
        keys = proof.signing_keys(session, village=village)
        signer = proof.signer_for(session, village=village, seed=signing["seed"])
    others = tuple(one.digits.replace(" ", "") for one in every if one.month != month)
    return PosterFacts(sealed, others, keys[-1] if signer else None, tuple(proof.not_covered()))
