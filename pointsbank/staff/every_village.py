"""Who is refused what concerns every village, though he has the role for it in one: whom he can ask."""

from pointsbank.errors import NotAllowed
from pointsbank.staff.permissions import OF_THE_INSTALLATION, Permission, SignedIn


class EveryVillageConcerned(NotAllowed):
    """It concerns every village of this server, and this person is an admin of one of them."""

    code = "every_village_concerned"
    sentence = (
        "这一项关系到这台服务器上所有的村，由管理所有村的管理员办，请找他。还没有这样的人，"
        "就在服务器上运行 pointsbank staff add 账号 --role admin，不写 --village。"
    )
    fixed_by = "管理员"


class NotInPractice(NotAllowed):
    """It concerns the server, and a practice village has none of its own."""

    code = "not_in_practice"
    sentence = "这一项在练习村里不能办，请回到本村再办。"
    fixed_by = "本人"


def refuse_every_village(signed_in: SignedIn, permission: Permission, *, practice: bool) -> None:
    """Tell an admin of one village who is refused a permission of the whole installation why; pass all else.

    Args:
        practice: whether this is the practice village, where there is nobody to ask.

    Raises:
        EveryVillageConcerned: somebody with a role of the whole installation can do it.
        NotInPractice: it is done outside.

    Example:
        staff.refuse_every_village(sun, Permission.BACKUP_TAKE, practice=False)
    """
    if permission not in OF_THE_INSTALLATION or permission.roles.isdisjoint(signed_in.roles_in(None)):
        return
    raise NotInPractice() if practice else EveryVillageConcerned()
