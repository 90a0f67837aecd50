"""The four kinds of elders who tell what they saw of a wedding or a funeral."""

from pointsbank.labels import Labels
from pointsbank.labels.seat_kind import ELDERS, SEAT_KIND

ELDER_KIND = Labels("elder_kind", {code: SEAT_KIND.name(code) for code in ELDERS})
