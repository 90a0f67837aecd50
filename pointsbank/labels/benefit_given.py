"""Whether a benefit of a title was given."""

from pointsbank.labels import Labels

BENEFIT_GIVEN = Labels("benefit_given", {"given": "已给", "not_given": "没有给"})
