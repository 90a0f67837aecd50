"""Proof: months are closed and sealed here, and anybody with last month's poster can check the ledger.

Owns the anchors. Moves no points; reads what the other capabilities say.
"""

from pointsbank.proof import problems
from pointsbank.proof.anchors import Anchor, anchor, anchors, legible_anchors, typed_digits
from pointsbank.proof.checklist import DONE, Check, MonthAhead, month_ahead
from pointsbank.proof.closing import close_month
from pointsbank.proof.own_entries import own_entry
from pointsbank.proof.paths import consistency, inclusion
from pointsbank.proof.poster_check import PosterCheck, check_log, check_poster, standing
from pointsbank.proof.public_export import gzipped, public_lines
from pointsbank.proof.row_rules import ROW_RULES
from pointsbank.proof.sealed import (
    SealedText,
    sealed_checkpoint,
    sealed_consistency,
    sealed_inclusion,
)
from pointsbank.proof.signed_notes import public_of
from pointsbank.proof.signing import Signing, let_sign, signing, signing_here
from pointsbank.proof.signing_keys import (
    SigningKey,
    record_signing_key,
    signer_for,
    signing_keys,
    untold_villages,
)
from pointsbank.proof.slip_codes import slip_digits
from pointsbank.proof.verifier import not_covered, verifier_file
from pointsbank.proof.verifying import Report, export_lines, verify
