"""Why the words about a closed household are erased: a closed list, for the reason stays."""

from pointsbank.labels import Labels

ERASURE_REASON = Labels(
    "erasure_reason",
    {"own_request": "本人要求", "family_request": "家属要求", "time_over": "保存期限已满"},
)
