"""How a helper (帮教人) helps a household to put right what was wrong."""

from pointsbank.labels import Labels

HELP_FORM = Labels("help_form", {"talk": "谈心", "persuasion": "劝导", "mediation": "调解"})
