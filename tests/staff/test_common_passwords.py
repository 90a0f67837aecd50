"""Which passwords are guessed first: a table of what falls and what stands."""

import random
import secrets

import pytest

from pointsbank import staff
from pointsbank.staff.common_passwords import NEEDED, cost
from pointsbank.staff.passwords import hash_password

NAMES = ["茶源村", "chayuan", "李主任", "li", "王建国", "wangjg"]
_FALL = """
pointsbank2026 PointsBank! p01nt5b@nk jifenyinhang JiFenYinHang888 knabstniop123 wenmingchaoshi1
chayuancun2026 chayuan@123456 CYC20260901 liliushiliu2024 wangjianguo1985 jianguowang88 lizhuren123456
wjg19850312
茶源村2026 password123 passw0rd!! mima123456 woaini5201314 iloveyou1314 guanliyuan01 administrator
123456789012
1qaz2wsx3edc qwertyuiop asdfghjkl1 zxcvbnm123 !@#$%^&*() aaaaaaaaaaaa abababababab abcabcabcabc 13812345678
13973520846 147258369147 zhangweili88 chenlong1990 gongxifacai666 cunweihui2026
ｐａｓｓｗｏｒｄ１２３ 20260901abcd
"""
FALL = _FALL.split()
STAND = [
    "a long enough password",
    "another long password",
    "chuanghu maotouying lajiao",
    "tiedao yusan pingguo 57",
    "qX3-vT9kLm_2",
    "correct horse battery",
    "八月十五种下的那棵枣树",
    "k7#mQz!pw2Rv",
]


@pytest.mark.parametrize("password", FALL)
def test_what_is_guessed_first_is_refused_and_says_what_to_do(password: str) -> None:
    with pytest.raises(staff.problems.PasswordCommon, match="互不相干的词"):
        hash_password(password.ljust(10, "1"), names=NAMES)


@pytest.mark.parametrize("password", STAND)
def test_what_nobody_guesses_stands(password: str) -> None:
    assert cost(password, names=NAMES) >= NEEDED


def test_names_are_common_words_only_where_they_are_known() -> None:
    assert cost("maotouying", names=["猫头鹰"]) < cost("maotouying")


def test_a_drawn_password_always_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random("passwords")
    monkeypatch.setattr(secrets, "token_bytes", draw.randbytes)

    assert min(cost(staff.make_password()) for _ in range(500)) >= NEEDED
