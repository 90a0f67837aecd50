"""Whose household it is that a judge leaves to the others: their own, or a near relative's."""

from pointsbank.labels import Labels
from pointsbank.labels.relation import RELATION

KINSHIP = Labels("kinship", {"own": "本户", **RELATION.names})
