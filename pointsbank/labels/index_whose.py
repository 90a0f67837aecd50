"""Whose deductions an index counts: households, or public places (streets, groups, keepers)."""

from pointsbank.labels import Labels

INDEX_WHOSE = Labels("index_whose", {"household": "各户", "place": "街路、小组、管护员等公共场所"})
