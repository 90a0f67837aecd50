"""Which pages whoever asks may open, so that nothing on a page leads to a refusal."""

from flask import current_app

from pointsbank import staff
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.access import PUBLIC, PermissionByName


def may_open(endpoint: str, name: str = "") -> bool:
    """Return whether whoever asks may open a page of this village.

    Who leads a group has some permissions for its households alone, and many pages are of the whole village:
    there the permission alone does not open the page.

    Args:
        name: of the list or sheet, where the page serves many.

    Example:
        may_open("pages.one_list", "scores")  # False for who leads a group and is nothing else
    """
    view = current_app.view_functions[endpoint]
    needed = access.declared(view, "GET")
    if isinstance(needed, PermissionByName):
        needed = needed.choices().get(name)
    if needed == PUBLIC:
        return True
    here = access.visit()
    if here.signed_in is None or not isinstance(needed, Permission):
        return False
    village = here.village.id if here.village else None
    if staff.may(here.signed_in, village, needed):
        return True
    return access.is_in_group(view, "GET") and access.allowed(needed)
