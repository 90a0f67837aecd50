"""What the commands of setting up say of acts that stay shut until the right people exist."""

from sqlmodel import Session

from pointsbank import staff
from pointsbank.cli.context import CliContext
from pointsbank.labels.role import ROLE


def shut_acts(context: CliContext, session: Session, village: str) -> tuple[list[dict[str, str]], str]:
    """Return the acts that nobody can do in a village yet, for machines and in words; none: nothing."""
    shut = staff.acts_shut(session, village=village, at=context.now)
    if not shut:
        return [], ""
    missing = "、".join(ROLE.name(role) for role in staff.staff_missing(session, village=village))
    words = "\n一个村最少要三个人：评议小组、超市店员、村务监督各一位，不能是同一人。"
    words += f"现在缺{missing}。" if missing else ""
    words += "要等人到齐才能办的事：\n"
    words += "\n".join(f"  {missing}：{'、'.join(acts)}" for missing, acts in staff.by_reason(shut).items())
    return [{"act": one.act, "missing": one.missing} for one in shut], words
