"""How a judge's mark came in."""

from pointsbank.labels import Labels

MARK_WAY = Labels("mark_way", {"screen": "会场电脑", "phone": "自己的手机", "paper": "纸上抄录"})
