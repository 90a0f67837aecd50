"""What home pages say after somebody was let in again at the machine itself."""

from collections.abc import Iterable

from sqlmodel import Session

from pointsbank import staff
from pointsbank.web import access


def warnings(session: Session, villages: Iterable[str]) -> list[str]:
    """Return a sentence for each account recovered in the last 30 days, as these villages' logs have it."""
    logins = [
        login for each in villages for login in staff.recoveries(session, village=each, at=access.now())
    ]
    return [
        f"最近30天内，管理员账号{login}在服务器上被恢复过（换了密码，取消了第二步验证），已写入账本；"
        "不是本人做的，请马上停用这个账号并告诉村务监督。"
        for login in dict.fromkeys(logins)
    ]
