"""The size of a paper that hangs: what corrects another hangs in the same."""

from pointsbank.labels import Labels

PAPER_SIZE = Labels("paper_size", {"a4": "A4纸", "a3": "A3纸", "a2": "A2纸", "other": "更大或其他"})
