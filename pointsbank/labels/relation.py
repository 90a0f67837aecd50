"""How somebody is related: near relatives by Civil Code 1045, and those whom recusal covers besides."""

from pointsbank.labels import Labels

RELATION = Labels(
    "relation",
    {
        "spouse": "配偶",
        "parent": "父母",
        "child": "子女",
        "sibling": "兄弟姐妹",
        "grandparent": "祖父母或外祖父母",
        "grandchild": "孙子女或外孙子女",
        "collateral": "三代以内旁系亲属",
        "in_law": "姻亲",
    },
)
