"""Whom a kind of praise may be given: one kind of participant, or any of them."""

from pointsbank.labels import Labels
from pointsbank.labels.participant_kind import PARTICIPANT_KIND

ANY = "any"

PRAISED_KIND = Labels("praised_kind", {ANY: "都可以", **PARTICIPANT_KIND.names})
