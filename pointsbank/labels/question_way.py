"""How a question came."""

from pointsbank.labels import Labels

QUESTION_WAY = Labels("question_way", {"counter": "当面提的", "card": "凭卡提的"})
