"""The roster: who holds points, how they are found, and the cards that identify them.

Owns participant, card, card_batch, card_token, restriction and award_bar; brings in rosters and opening
balances.
Must not know deeds, goods or pages; moves points only as opening transactions, through the ledger.
"""

from pointsbank.roster import problems
from pointsbank.roster.another_village import of_another_village
from pointsbank.roster.balances import (
    BALANCE_COLUMNS,
    BalancesImported,
    Opening,
    import_balances,
    post_openings,
)
from pointsbank.roster.bars import Bar, bar, bars, check_bar, forget_bars, lift_bar
from pointsbank.roster.card_batches import (
    BatchCard,
    CardBatch,
    batch,
    batch_cards,
    batch_cards_query,
    batches,
    batches_query,
    read_batch,
    void_batch,
)
from pointsbank.roster.card_list import Card, card_by_number, known_cards
from pointsbank.roster.card_order import HandedOut
from pointsbank.roster.cards import (
    IN_HAND,
    card_states,
    count_printed,
    hand_out,
    hand_out_outlook,
    lose,
    printed_cards,
    printed_of,
)
from pointsbank.roster.cells import ROSTER_COLUMNS
from pointsbank.roster.columns import active_ids, code_column, ids_within, roster_query
from pointsbank.roster.editing import NewFacts, as_of, edit
from pointsbank.roster.finding import Found, find, ids_found
from pointsbank.roster.groups import group_shares, group_sizes, record_groups, staying_in
from pointsbank.roster.importing import import_roster
from pointsbank.roster.issuing import issue, issue_prepared
from pointsbank.roster.lawful_names import check_group_name, not_persons, persons
from pointsbank.roster.leaving import forget, retire
from pointsbank.roster.listing import listing
from pointsbank.roster.looking_up import CardHolder, by_number, check_card, look_up, printed_card
from pointsbank.roster.models import KINDS, LABEL, PARTICIPANT_STATUSES, PERSONS, SLOTS
from pointsbank.roster.name_lists import read_name_list
from pointsbank.roster.naming_rows import naming_problems
from pointsbank.roster.opened_cards import opened_card, village_of
from pointsbank.roster.participants import (
    add,
    by_code,
    by_codes,
    by_id,
    by_ids,
    everyone,
    is_within,
    printed_names,
    refuse_closed,
    refuse_taken,
)
from pointsbank.roster.preparing import (
    Chosen,
    IssuedCard,
    PreparedCards,
    prepare,
    prepare_again,
)
from pointsbank.roster.printed_addresses import PrintedAddress, addresses_in_use, with_other_address
from pointsbank.roster.ranking import Fit, Query, fit, read_query
from pointsbank.roster.restricting import (
    forget_restrictions,
    lift,
    restrict,
    reverse_restrictions,
)
from pointsbank.roster.restrictions import (
    Restriction,
    as_refusal,
    refuse_restricted,
    restricted,
    restrictions,
    restrictions_of,
)
from pointsbank.roster.row_rules import ROW_RULES
from pointsbank.roster.scanned_cards import ScannedCard, scanned_card
from pointsbank.roster.search import search_key
from pointsbank.roster.stored import Counted, Participant, counted
from pointsbank.roster.tokens import TOKEN_AT_END, read_number, read_token, spaced
