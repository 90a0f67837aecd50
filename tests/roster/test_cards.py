"""Cards: printed, handed out, looked up, lost, replaced; each refusal by its name."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from pointsbank import ledger, roster
from pointsbank.roster.tokens import make_token
from tests.builders import NEIGHBOUR, NOW, Chayuan


def test_a_card_handed_out_says_whose_it_is(village: Chayuan):
    card = village.card(village.wang)
    holder = village.read(roster.look_up, text=f"http://village.test/c/{card.token}")

    assert holder.participant == village.wang
    assert village.read(roster.by_number, number=card.number) == holder
    assert village.read(roster.look_up, village=None, text=card.token).village == "chayuan"


def test_everyone_gets_a_card_and_each_is_logged(village: Chayuan):
    cards = village.write(roster.issue, participants=None)

    assert [card.participant.code for card in cards] == [p.code for p in village.read(roster.everyone)]
    assert len({card.token for card in cards}) == len({card.number for card in cards}) == 12
    done = village.write(roster.hand_out, cards=[card.id for card in cards])
    assert (len(done.activated), done.first, done.ended) == (12, 12, ())
    assert len(village.read(ledger.log_entries, kinds=["card_issued"])) == 12


def test_a_printed_card_waits_until_it_is_handed_out(village: Chayuan):
    [card] = village.write(roster.issue, participants=[village.wang.id])

    with pytest.raises(roster.problems.CardNotActive):
        village.read(roster.look_up, text=card.token)


def test_a_lost_batch_of_paper_revokes_nobody(village: Chayuan):
    old = village.card(village.wang)
    village.write(roster.issue, participants=None)

    assert village.read(roster.look_up, text=old.token).participant.code == "0101"


def test_a_new_card_replaces_the_old_one_only_when_handed_out(village: Chayuan):
    old = village.card(village.wang)
    new = village.card(village.wang)

    assert village.read(roster.look_up, text=new.token).card_id == new.id
    with pytest.raises(roster.problems.CardReplaced):
        village.read(roster.look_up, text=old.token)


def test_of_two_printed_batches_the_newer_counts(village: Chayuan):
    [first] = village.write(roster.issue, participants=[village.wang.id])
    [second] = village.write(roster.issue, participants=[village.wang.id], at=NOW + timedelta(days=1))
    village.write(roster.hand_out, cards=[first.id, second.id])

    assert village.read(roster.look_up, text=second.token).card_id == second.id
    with pytest.raises(roster.problems.CardReplaced):
        village.read(roster.look_up, text=first.token)


def test_handing_out_again_changes_nothing(village: Chayuan):
    card = village.card(village.wang)

    assert village.write(roster.hand_out, cards=[card.id]).activated == ()
    assert village.read(roster.look_up, text=card.token).card_id == card.id


def test_a_lost_card_is_refused_from_the_next_request_on(village: Chayuan):
    card = village.card(village.wang)
    village.write(roster.lose, code="0101")

    with pytest.raises(roster.problems.CardRevoked):
        village.read(roster.look_up, text=card.token)
    with pytest.raises(roster.problems.CardRevoked):
        village.read(roster.check_card, participant=village.wang.id, card=card.id)
    with pytest.raises(roster.problems.NoCardToRevoke):
        village.write(roster.lose, code="0101")


def test_a_new_card_after_a_loss_works(village: Chayuan):
    village.card(village.wang)
    village.write(roster.lose, code="0101")
    card = village.card(village.wang)

    assert village.read(roster.look_up, text=card.token).participant.code == "0101"


def test_a_suspended_household_may_not_spend(village: Chayuan):
    card = village.card(village.wang)
    village.write(roster.edit, code="0101", facts=roster.NewFacts(status="suspended"), reason="核实")

    with pytest.raises(roster.problems.ParticipantSuspended):
        village.read(roster.look_up, text=card.token)
    with pytest.raises(roster.problems.ParticipantSuspended):
        village.read(roster.check_card, participant=village.wang.id, card=None)


def test_a_closed_household_may_not_spend(village: Chayuan):
    card = village.card(village.wang)
    village.write(roster.retire, participant=village.wang.id)

    with pytest.raises(roster.problems.CardRevoked):
        village.read(roster.look_up, text=card.token)
    with pytest.raises(roster.problems.ParticipantClosed):
        village.read(roster.check_card, participant=village.wang.id, card=None)
    with pytest.raises(roster.problems.ParticipantClosed):
        village.write(roster.issue, participants=[village.wang.id])


def test_a_card_of_another_village_is_refused(village: Chayuan):
    village.found_neighbour()
    card = village.card(village.wang)

    with pytest.raises(roster.problems.WrongVillage):
        village.read(roster.look_up, village=NEIGHBOUR, text=card.token)
    with pytest.raises(roster.problems.CardUnknown):
        village.read(roster.by_number, village=NEIGHBOUR, number=card.number)


def test_a_card_nobody_issued_is_unknown_and_scribble_is_no_card(village: Chayuan):
    with pytest.raises(roster.problems.CardUnknown):
        village.read(roster.look_up, text=make_token(b"?" * 16))
    with pytest.raises(roster.problems.CardMalformed):
        village.read(roster.look_up, text="0101")
    with pytest.raises(roster.problems.CardMalformed):
        village.read(roster.by_number, number="123")


def test_a_card_checks_only_for_its_own_household(village: Chayuan):
    card = village.card(village.wang)

    village.read(roster.check_card, participant=village.wang.id, card=card.id)
    with pytest.raises(roster.problems.CardUnknown):
        village.read(roster.check_card, participant=village.li.id, card=card.id)


def test_no_table_holds_a_token(village: Chayuan):
    card = village.card(village.wang)
    with village.database.reading() as session:
        stored = [
            session.connection().execute(text(f"select * from {t}")).all() for t in ("card", "card_token")
        ]
        logged = session.connection().execute(text("select private from log_private")).all()

    assert card.token not in repr([stored, logged])
