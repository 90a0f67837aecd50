"""Staff: who works with the system, how they prove it, and what each role may do.

Owns staff, staff_role, staff_session, api_token, throttle, setup_code and file_look. Knows villages only by
their code, and nothing of points, cards or goods.
"""

from pointsbank.staff.accounts import (
    LoginInvalid,
    LoginTaken,
    RoleInvalid,
    RolesConflict,
    StaffNameInvalid,
    StaffUnknown,
    add,
    by_login,
    change_password,
    disable,
    everyone,
    names,
    set_roles,
)
from pointsbank.staff.looks import Look, looks, note_look
from pointsbank.staff.passwords import PasswordTooLong, PasswordTooShort
from pointsbank.staff.permissions import ALLOWED, Permission, Role, SignedIn, Staff, belongs, may
from pointsbank.staff.presence import by_token, signed_in
from pointsbank.staff.sessions import (
    SignInRefused,
    begin,
    end_sessions,
    sign_in,
    sign_out,
    verify_password,
)
from pointsbank.staff.setup import SetupCodeWrong, make_setup_code, setup_code_needed, use_setup_code
from pointsbank.staff.throttling import TooManyAttempts, count_failure, forgive
from pointsbank.staff.throttling import check as check_throttle
from pointsbank.staff.tokens import make_token, revoke_tokens

__all__ = [
    "ALLOWED",
    "LoginInvalid",
    "LoginTaken",
    "Look",
    "PasswordTooLong",
    "PasswordTooShort",
    "Permission",
    "Role",
    "RoleInvalid",
    "RolesConflict",
    "SetupCodeWrong",
    "SignInRefused",
    "SignedIn",
    "Staff",
    "StaffNameInvalid",
    "StaffUnknown",
    "TooManyAttempts",
    "add",
    "begin",
    "belongs",
    "by_login",
    "by_token",
    "change_password",
    "check_throttle",
    "count_failure",
    "disable",
    "end_sessions",
    "everyone",
    "forgive",
    "looks",
    "make_setup_code",
    "make_token",
    "may",
    "names",
    "note_look",
    "revoke_tokens",
    "set_roles",
    "setup_code_needed",
    "sign_in",
    "sign_out",
    "signed_in",
    "use_setup_code",
    "verify_password",
]
