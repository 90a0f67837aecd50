"""Batches of cards, and several cards for one household: numbered, lost and made useless one by one."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from pointsbank import ledger, proof, roster
from pointsbank.database import execute
from pointsbank.roster.models import CardRow
from tests.builders import NOW, VILLAGE, Chayuan


def scans(village: Chayuan, card: roster.IssuedCard) -> bool:
    """Whether a card counts at the till."""
    try:
        village.read(roster.look_up, text=card.token)
    except (
        roster.problems.CardNotActive,
        roster.problems.CardReplaced,
        roster.problems.CardRevoked,
    ):
        return False
    return True


def further(village: Chayuan, label: str = "城里") -> roster.IssuedCard:
    """One card more for 王建国, handed out."""
    [card] = village.write(roster.issue, participants=[village.wang.id], further=True, label=label)
    village.write(roster.hand_out, cards=[card.id])
    assert isinstance(card, roster.IssuedCard)
    return card


def test_a_mistaken_print_of_the_whole_village_ends_no_card_but_those_handed_out(village: Chayuan) -> None:
    wang, li = village.card(village.wang), village.card(village.li)
    village.write(roster.issue, participants=None)
    [new] = village.write(roster.issue, participants=[village.wang.id])

    done = village.write(roster.hand_out, cards=[new.id])

    assert (len(done.activated), len(done.ended), len(done.useless)) == (1, 1, 1)
    assert [scans(village, card) for card in (wang, li, new)] == [False, True, True]


def test_batches_are_numbered_without_gaps_and_count_their_cards(village: Chayuan) -> None:
    everybody = village.write(roster.issue, participants=None, public_url="https://jf.chayuan.cn")
    village.write(roster.issue, participants=[village.wang.id])
    village.write(roster.hand_out, cards=[card.id for card in everybody[2:]])

    newest, oldest = village.read(roster.batches)
    cards = village.read(roster.batch_cards, number=1)

    assert (newest.number, newest.cards, newest.left) == (2, 1, 1)
    assert (oldest.number, oldest.cards, oldest.active, oldest.left) == (1, 12, 10, 2)
    assert (oldest.scope, oldest.public_url) == ("village", "https://jf.chayuan.cn")
    assert [(card.place, card.number) for card in cards] == [
        (place, card.number) for place, card in enumerate(everybody, start=1)
    ]
    assert len(village.read(ledger.log_entries, kinds=["card_batch_printed"])) == 2
    with pytest.raises(roster.problems.BatchUnknown):
        village.read(roster.batch, number=3)


def test_what_another_print_has_overtaken_is_not_issued(village: Chayuan) -> None:
    slow = village.read(roster.prepare, participants=[village.wang.id], further=True)
    further(village)

    with pytest.raises(roster.problems.BatchOvertaken):
        village.write(roster.issue_prepared, prepared=slow)
    assert [one.number for one in village.read(roster.batches)] == [1]


def test_two_cards_of_a_household_count_side_by_side_and_are_lost_singly(village: Chayuan) -> None:
    home, city = village.card(village.wang), further(village)

    with pytest.raises(roster.problems.WhichCard) as which:
        village.write(roster.lose, code="0101")
    with pytest.raises(roster.problems.CardNotInUse):
        village.write(roster.lose, code="0101", number=village.card(village.li).number)
    village.write(roster.lose, code="0101", number=roster.spaced(city.number))

    assert roster.spaced(city.number) in which.value.detail
    assert [scans(village, card) for card in (home, city)] == [True, False]
    [left] = village.read(roster.known_cards, participant="0101", status="active")
    assert (left.number, left.slot, left.label) == (home.number, 1, "")


def test_printing_for_a_household_prints_each_of_its_cards_anew(village: Chayuan) -> None:
    home, city = village.card(village.wang), further(village)

    new = village.write(roster.issue, participants=[village.wang.id])
    village.write(roster.hand_out, cards=[new[1].id])
    again = village.read(roster.prepare_again, number=home.number)

    assert [(card.slot, card.label) for card in new] == [(1, ""), (2, "城里")]
    assert [scans(village, card) for card in (home, city, *new)] == [True, False, False, True]
    assert [(card.participant.code, card.slot) for card in again.cards] == [("0101", 1)]


def test_a_household_has_four_cards_and_no_fifth(village: Chayuan) -> None:
    village.card(village.wang)
    cards = [further(village, label) for label in ("城里", "", "老人")]

    with pytest.raises(roster.problems.NoSlotLeft):
        further(village)
    village.write(roster.lose, code="0101", number=cards[1].number)
    assert further(village).slot == 3


def test_a_batch_that_was_forgotten_is_made_useless_and_nobody_loses_a_card(village: Chayuan) -> None:
    old = village.card(village.wang)
    printed = village.write(roster.issue, participants=None)
    [li] = [card for card in printed if card.participant.code == "0303"]
    village.write(roster.hand_out, cards=[li.id])

    assert village.write(roster.void_batch, number=2) == 11

    village.write(roster.hand_out, cards=[card.id for card in printed])
    assert scans(village, old) and scans(village, li)
    assert [card.number for card in printed if scans(village, card)] == [li.number]
    assert village.read(roster.batch, number=2).voided_by == "li"
    with pytest.raises(roster.problems.NothingLeftOfBatch):
        village.write(roster.void_batch, number=2)
    assert proof.verify(village.database, village=VILLAGE).findings == ()


def test_an_old_card_in_use_leads_to_the_new_one_of_its_slot(village: Chayuan) -> None:
    home, city = village.card(village.wang), further(village)
    with pytest.raises(roster.problems.CardInUse):
        village.read(roster.printed_card, text=city.token)

    _, new_city = village.write(roster.issue, participants=[village.wang.id])

    assert village.read(roster.printed_card, text=city.token).card_id == new_city.id
    assert village.read(roster.printed_card, text=home.token).card_id != new_city.id


def test_where_cards_are_kept_is_erased_with_the_household(village: Chayuan) -> None:
    village.card(village.wang)
    further(village)
    village.write(roster.retire, participant=village.wang.id)
    with village.database.writing() as session:
        roster.forget(session, village=VILLAGE, participant=village.wang.id, at=NOW)

    assert [one.label for one in village.read(roster.known_cards, participant="0101")] == ["", ""]
    assert proof.verify(village.database, village=VILLAGE).findings == ()


def test_the_database_has_no_two_cards_in_use_in_one_slot(village: Chayuan) -> None:
    village.card(village.wang)
    further(village)
    village.write(roster.issue, participants=[village.wang.id])

    for slot in (col(CardRow.slot).is_(None), col(CardRow.slot) == 2):
        with pytest.raises(IntegrityError), village.database.writing() as session:
            here = (CardRow.in_village(VILLAGE), col(CardRow.participant_id) == village.wang.id, slot)
            execute(session, update(CardRow).where(*here).values(status="active"))


def test_addresses_on_cards_in_use_are_counted_and_their_households_found(village: Chayuan) -> None:
    for who, url in (
        (village.wang, "http://old.cn"),
        (village.li, "http://old.cn"),
        (village.zeng, "http://new.cn"),
    ):
        [card] = village.write(roster.issue, participants=[who.id], public_url=url)
        village.write(roster.hand_out, cards=[card.id])
    village.write(roster.issue, participants=None, public_url="http://never-handed-out.cn")

    assert village.read(roster.addresses_in_use) == [
        roster.PrintedAddress("http://old.cn", 2),
        roster.PrintedAddress("http://new.cn", 1),
    ]
    with_old = village.read(roster.with_other_address, public_url="http://new.cn")
    assert with_old == [village.wang.id, village.li.id]
