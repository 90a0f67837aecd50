"""Staff: who works with the system, how they prove it, and what each role may do.

Owns staff, staff_role, account_act, staff_session, password_due, second_factor, code_use, recovery_code,
staff_event, api_token, throttle, setup_code, file_look and export_record. Knows villages only by their code,
and nothing of points, cards or goods.
"""

from pointsbank.staff import independence, problems, verifier
from pointsbank.staff.access_log import access_records, accesses_query, log_access
from pointsbank.staff.account_words import check_login, check_name
from pointsbank.staff.accounts import add, change_password, remove_roles, set_roles, sign_out_everywhere
from pointsbank.staff.alone import controls
from pointsbank.staff.authentication import by_token, signed_in
from pointsbank.staff.controls import Control, acts_shut, by_reason, declare, staff_missing, standing
from pointsbank.staff.directory import (
    OPERATOR,
    SYSTEM,
    actors,
    by_card,
    by_login,
    common_names,
    everyone,
    ids_called,
    names,
)
from pointsbank.staff.disabling import check_may_disable, disable, enable, out_of_reach
from pointsbank.staff.events import KEPT_CHANGES, KEPT_SIGN_INS, StaffEvent, account_events
from pointsbank.staff.every_village import refuse_every_village
from pointsbank.staff.export_log import exports_query, record_export
from pointsbank.staff.handing_back import PasswordChanged
from pointsbank.staff.holding import Places, lock_person
from pointsbank.staff.idle import note_use
from pointsbank.staff.installation_acts import (
    ADDRESS_SET,
    BACKUP_FOLDERS_SET,
    BACKUP_TAKEN,
    COPIED_OUT,
    INSTALLATION_ACTS,
    PRACTICE_DISCARDED,
    PRACTICE_MADE,
    RESTORED,
    note_backup_taken,
    note_changes,
    note_installation_act,
    note_passphrase_shown,
)
from pointsbank.staff.lost_telephones import check_may_take_off, report_lost, reported_lost, take_off_lost
from pointsbank.staff.owing import check_owes_nothing, check_own_password
from pointsbank.staff.passwords import PasswordHash, check_password, hash_password, make_password
from pointsbank.staff.permissions import (
    GROUP_ROLES,
    Permission,
    Role,
    SignedIn,
    Staff,
    belongs,
    groups_where_may,
    may,
)
from pointsbank.staff.places import group_of, group_place, township_of, township_place, village_of
from pointsbank.staff.recovering import recover, recoveries
from pointsbank.staff.recovery_codes import check_code_or_recovery, make_recovery_codes, recovery_codes_left
from pointsbank.staff.second_factor import (
    begin_enrolment,
    check_code,
    confirm_enrolment,
    counting_codes,
    enrolment,
    take_off_second_factor,
)
from pointsbank.staff.sessions import (
    awaited_code,
    begin,
    confirm_sign_in,
    count_ended,
    end_sessions,
    enter,
    forget_ended,
    sign_in,
    sign_out,
    verify_password,
)
from pointsbank.staff.setup import check_setup_code, make_setup_code, setup_code_needed, use_setup_code
from pointsbank.staff.signing_out import end_all_sessions, last_sign_ins
from pointsbank.staff.throttling import Try, count_tries, counted
from pointsbank.staff.tokens import ApiToken, api_tokens, make_token, revoke_token, revoke_tokens
from pointsbank.staff.two_roles import VOUCHING, have_two_roles
