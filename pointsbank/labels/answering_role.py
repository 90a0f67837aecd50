"""Who answers what villagers ask, as villagers call them."""

from pointsbank.labels import Labels

ANSWERING_ROLE = Labels(
    "answering_role", {"committee": "村委会", "supervisor": "村务监督", "admin": "管理员"}
)
