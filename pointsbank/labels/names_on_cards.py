"""How a card names its household."""

from pointsbank.labels import Labels

NAMES_ON_CARDS = Labels("names_on_cards", {"masked": "隐去部分姓名", "named": "写全名"})
