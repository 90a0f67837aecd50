"""Staff: who works with the system, how they prove it, and what each role may do.

Owns staff, staff_role, account_act, staff_session, api_token, throttle, setup_code and file_look. Knows
villages only by their code, and nothing of points, cards or goods.
"""

from pointsbank.staff import independence, problems
from pointsbank.staff.access_log import access_records, log_access
from pointsbank.staff.accounts import add, by_login, change_password, everyone, names, remove_roles, set_roles
from pointsbank.staff.alone import controls
from pointsbank.staff.authentication import by_token, signed_in
from pointsbank.staff.controls import Control, acts_shut, declare, staff_missing
from pointsbank.staff.disabling import check_may_disable, disable, enable
from pointsbank.staff.holding import Places, lock_person
from pointsbank.staff.passwords import PasswordHash, hash_password
from pointsbank.staff.permissions import Permission, Role, SignedIn, Staff, belongs, may
from pointsbank.staff.sessions import begin, end_sessions, sign_in, sign_out, verify_password
from pointsbank.staff.setup import check_setup_code, make_setup_code, setup_code_needed, use_setup_code
from pointsbank.staff.throttling import Try, count_tries
from pointsbank.staff.tokens import make_token, revoke_tokens
