"""Handing out cards: two signatures of different roles; the household may set its PIN before both."""

from datetime import timedelta

import pytest

from pointsbank import approvals, market, proof, roster
from pointsbank.approvals import Approval, HandedCard
from pointsbank.approvals.hand_outs import MANY
from tests.approvals.office import DIGEST, Office
from tests.builders import NOW, VILLAGE


def printed(office: Office, *participants: roster.Participant) -> list[HandedCard]:
    """New cards of these, printed and not handed out."""
    ids = [one.id for one in participants]
    issued = office.village.write(roster.issue, participants=ids)
    return [HandedCard(card.id, card.participant.id) for card in issued]


def sign(office: Office, cards: list[HandedCard], *, by: str = "li") -> Approval:
    """Sign first that these cards were handed out."""
    made = office.village.write(approvals.request_hand_out, cards=cards, by=office.id(by))
    assert isinstance(made, Approval)
    return made


def scans(office: Office, token: str) -> bool:
    """Whether a card counts at the till."""
    try:
        office.scan(token)
    except roster.problems.CardNotActive:
        return False
    return True


def test_a_new_card_and_its_pin_count_once_a_second_role_has_signed(office: Office) -> None:
    li = office.village.li
    [card] = office.village.write(roster.issue, participants=[li.id])
    found = office.village.read(roster.printed_card, text=card.token)
    one = sign(office, [HandedCard(found.card_id, found.participant.id, DIGEST)])
    assert one.subject == li.id
    assert not scans(office, card.token)

    done = office.confirm(one, by="chen")
    assert done.sentence == "已登记发放1张卡。"
    assert scans(office, card.token)
    assert office.village.read(market.has_pin, participant=li.id)
    [event] = office.village.read(market.pin_events, participant=li.id)
    assert (event.kind, event.done_by, event.second) == ("set", office.id("li"), office.id("chen"))
    assert proof.verify(office.database, village=VILLAGE).findings == ()


@pytest.mark.parametrize(("second", "may"), [("zhou", False), ("chen", True), ("zhao", True), ("sun", True)])
def test_two_of_the_committee_are_no_two_roles(sqlite_office: Office, second: str, may: bool) -> None:
    one = sign(sqlite_office, printed(sqlite_office, sqlite_office.village.li))

    if may:
        sqlite_office.confirm(one, by=second)
    else:
        with pytest.raises(approvals.problems.SecondNotAllowed):
            sqlite_office.confirm(one, by=second)


def test_one_lost_card_holds_up_no_other(sqlite_office: Office) -> None:
    office = sqlite_office
    cards = printed(office, office.village.li, office.village.ouyang, office.village.tag)
    one = sign(office, cards)
    office.village.card(office.village.tag)
    office.village.write(roster.retire, participant=office.village.ouyang.id)

    assert one.subject == MANY
    sentence = office.confirm(one, by="chen").sentence
    assert sentence == "已登记发放1张卡。另有2张已挂失、已换新或已发放，没有动。"


def test_nothing_printed_is_nothing_to_hand_out(sqlite_office: Office) -> None:
    office = sqlite_office
    with pytest.raises(approvals.problems.NothingToHandOut):
        sign(office, [])
    cards = printed(office, office.village.li)
    one = sign(office, cards)
    office.village.write(roster.hand_out, cards=[cards[0].card])

    with pytest.raises(approvals.problems.NothingToHandOut):
        office.confirm(one, by="chen")


def test_a_household_that_had_a_pin_gets_a_new_one_with_its_new_card(sqlite_office: Office) -> None:
    office = sqlite_office
    office.confirm(office.request())
    [card] = printed(office, office.village.wang)
    office.confirm(sign(office, [HandedCard(card.card, card.participant, DIGEST)]), by="chen")

    events = office.village.read(market.pin_events, participant=office.village.wang.id)
    assert [event.kind for event in events] == ["reset", "set"]


def test_a_card_in_use_is_not_handed_out_again(sqlite_office: Office) -> None:
    with pytest.raises(roster.problems.CardInUse):
        sqlite_office.village.read(roster.printed_card, text=sqlite_office.card.token)
    with pytest.raises(approvals.problems.RequesterNotAllowed):
        sign(sqlite_office, printed(sqlite_office, sqlite_office.village.li), by="chen")


def test_home_describes_the_first_and_counts_them_all(sqlite_office: Office) -> None:
    office = sqlite_office
    for one in (office.village.li, office.village.ouyang, office.village.tag):
        sign(office, printed(office, one))
    office.request()

    asked = {"at": NOW, "limit": 2}
    shown, count = office.village.read(approvals.concerning, by=office.id("zhao"), **asked)
    assert ([one.label for one in shown], count) == (["发放积分卡"] * 2, 4)
    # The committee's own, though zhou is of the committee; and the clerk's, whom both of it may second.
    assert office.village.read(approvals.concerning, by=office.id("li"), **asked)[1] == 4
    assert office.village.read(approvals.count_answerable, by=office.id("zhou"), at=NOW) == 1
    assert office.village.read(approvals.count_answerable, by=office.id("wu"), at=NOW) == 3
    late = NOW + timedelta(days=7)
    assert office.village.read(approvals.count_answerable, by=office.id("zhao"), at=late) == 0


def test_declined_hand_outs_forget_the_pins(sqlite_office: Office) -> None:
    office = sqlite_office
    [card] = printed(office, office.village.li)
    one = sign(office, [HandedCard(card.card, card.participant, DIGEST)])
    office.answer(approvals.decline, one, by="chen", reason="mistaken", at=NOW)

    with pytest.raises(market.problems.ProposalGone):
        taken = {"participant": office.village.li.id, "proposal": one.terms["cards"][0]["proposal"]}
        with office.database.writing() as session:
            market.take_proposal(session, village=VILLAGE, **taken)
