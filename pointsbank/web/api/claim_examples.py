"""Examples of what the API says of claims."""

from collections.abc import Mapping
from typing import Any

CLAIMS: Mapping[tuple[str, str], Any] = {
    ("Claim", "title"): "门前屋后干净",
    ("Claim", "words"): "扫了村口的路",
    ("Claim", "opinion"): "巡查时看见",
    ("ClaimBody", "words"): "扫了村口的路",
}
"""An example by schema and field."""
