"""What the check of a month's poster is drawn from, on the month's own page and after something was sent."""

from typing import Any

from pointsbank import proof
from pointsbank.schemas.fields import Text
from pointsbank.web import access, forms, proof_files


class Poster(forms.Form):
    """What is on a poster: its digits, or what its code says."""

    typed = Text(maximum=300, load_default="")


def facts(village: str, month: str) -> dict[str, Any]:
    """Return a closed month's anchor, who signs, what proof cannot show, and an empty form.

    Raises:
        AnchorUnknown: the month is not closed.
    """
    signing = proof_files.signing(village)
    with access.database().reading() as session:
        every = proof.anchors(session, village=village)
        sealed = proof.anchor(session, village=village, month=month)
        keys = proof.signing_keys(session, village=village)
        signer = proof.signer_for(session, village=village, seed=signing["seed"])
    return {
        "anchor": sealed,
        "size": sealed.fields["size"],
        "content": sealed.content.decode(),
        "others": [one.digits.replace(" ", "") for one in every if one.month != month],
        "key": keys[-1] if signer else None,
        "not_covered": proof.not_covered(),
        "form": forms.unbound(Poster),
        "checked": None,
    }
