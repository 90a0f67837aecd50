"""The month in any order: what a village does, beside a notebook that says what is due."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlmodel import Session

from pointsbank import boards, households, ledger, market, proof, publicity, roster, scoring, villages
from pointsbank.database import Database
from pointsbank.dates import day_of, last_day, month_of, next_month, start_of_day
from pointsbank.errors import Problem
from pointsbank.households import Share, erasing
from pointsbank.market import redemption, scanning
from pointsbank.market.counting import GoodsCount
from pointsbank.market.exchanging import exchange_pieces
from pointsbank.market.gifts import give
from pointsbank.market.returning import return_pieces
from pointsbank.market.reversal import reverse_redemption
from pointsbank.market.second_check import SecondCheck
from pointsbank.points import Points
from pointsbank.roster import NewFacts
from pointsbank.scoring import ShouldBe
from pointsbank.spreadsheets import Table
from pointsbank.spreadsheets.problems import BadRows
from tests.builders import CLERK, COMMITTEE, NOW, SUPERVISOR, seat
from tests.model.checking import Checker, entries_of
from tests.model.paper import Household, Paper, Sale

SCHEME = Table.of(
    ("编号", "条目", "方向", "最低", "最高"),
    [("好事", "做好事", "加分", "0.25", "50"), ("坏事", "做坏事", "扣分", "0.25", "50")],
)
GOODS = {"M01": 300, "R02": 100, "S03": 200}
FAMILIES, SCORED, MOST_FAMILIES, FIRST_STOCK, WELCOME = 4, 2, 6, 8, 2000
AUDIT_EVERY = 25
_villages = count(1)

WHO, SELDOM = st.integers(0, 11), 7
AMOUNT = st.integers(1, 200).map(lambda quarters: quarters * 25)
PIECES = st.integers(1, 3)
THING = st.sampled_from(sorted(GOODS))


class EveryRule:
    """Says yes to every rule."""

    def is_enabled(self, name: str) -> bool:
        """Whether the rule may be chosen in this run."""
        return True


class VillageMachine(RuleBasedStateMachine):
    """One village in the database, and the same village on paper."""

    def __init__(self, database: Database, taken: Counter[str], done: Counter[str]) -> None:
        """A village yet to be founded; `taken` counts all steps, `done` those not refused, by rule."""
        super().__init__()
        # Left alone, hypothesis leaves out half of all rules in each run, and the rarest hardly come about.
        self._rules_strategy.enabled_rules_strategy = st.just(EveryRule())
        self.database, self.taken, self.done = database, taken, done
        self.village = f"model-{next(_villages)}"
        self.paper, self.checker = Paper(), Checker(self.village)
        self.at, self.steps, self.ids = NOW, 0, count(1)
        self.session: Session | None = None

    @initialize()
    def found(self) -> None:
        """A village with some households, a scheme, and three kinds of goods."""
        at: dict[str, Any] = {"by": COMMITTEE, "at": self.at}
        with self.database.writing() as session:
            seat(session, COMMITTEE, CLERK, SUPERVISOR)
            ledger.found_village(session, code=self.village, name="模型村", **at)
            at |= {"village": self.village}
            scoring.import_scheme(session, table=SCHEME, resolution="决议", from_date=date(2026, 1, 1), **at)
            for code, price in GOODS.items():
                market.add_goods(session, code=code, name=code, points=Points(price), stock=FIRST_STOCK, **at)
                self.paper.stock[code], self.paper.price[code] = FIRST_STOCK, price
        with self.together():
            for number in range(FAMILIES):
                self._move_in()
                self._give(self.paper.households[-1], WELCOME)
                self._buy(self.paper.households[-1], {"S03": 1})
                if number < SCORED:
                    self._judge(self.paper.households[-1], "好事", WELCOME)
            self._hang_out()
            self._close(self.paper.households[-1])

    # What the rules have in common

    def write(self, verb: Callable[..., Any], **given: Any) -> Any:
        """Call a verb in a transaction of its own, some seconds after the last one."""
        self.at += timedelta(seconds=5)
        about = {"village": self.village, "by": COMMITTEE, "at": self.at} | given
        if self.session is not None:
            return verb(self.session, **about)
        with self.database.writing() as session:
            return verb(session, **about)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several verbs in one transaction, where none of them is refused."""
        with self.database.writing() as self.session:
            yield
        self.session = None

    def expect(self, refusal: type[Problem] | None, verb: Callable[..., Any], **given: Any) -> Any:
        """Call a verb that must be refused in this way, or must not be refused at all."""
        try:
            answer = self.write(verb, **given)
        except Problem as problem:
            assert type(problem) is refusal, f"{verb.__name__}: {problem!r} instead of {refusal}"
            return None
        assert refusal is None, f"{verb.__name__} should have raised {refusal}"
        return answer

    def ask(self, refusal: type[Problem] | None, verb: Callable[..., Any], **given: Any) -> Any:
        """The same for a verb with a request id; what was answered can be asked again."""
        given |= {"request_id": f"request-{next(self.ids):04d}"}
        answer = self.expect(refusal, verb, **given)
        if answer is not None and hasattr(answer, "index"):
            self.paper.requests.append((verb, given, answer.index))
        return answer

    def who(self, number: int) -> Household:
        """Some household, now and then one that has ended."""
        ended = [one for one in self.paper.households if one.state != "open"]
        here = ended if number == SELDOM and ended else self.paper.open()
        return here[number % len(here)]

    def count(self, name: str) -> None:
        """A step came about."""
        self.done[name] += 1

    def _move_in(self) -> None:
        """A new household, with a card in hand."""
        code = f"{len(self.paper.households) + 1:04d}"
        person = self.write(roster.add, code=code, name=f"户{code}", group="一组", people=3)
        household = Household(person.id, code)
        self.paper.households.append(household)
        self._card(household)

    def _card(self, who: Household) -> None:
        """A new card printed and handed out; the older one is dead."""
        [card] = self.write(roster.issue, participants=[who.id])
        assert self.write(roster.hand_out, cards=[card.id]).activated == (card.id,)
        if who.card:
            who.dead_cards.append(who.card)
        who.card = card.token

    def _bury(self, who: Household) -> None:
        """The card in use is dead."""
        if who.card:
            who.dead_cards.append(who.card)
        who.card = None

    # Earning

    @rule(who=WHO, amount=AMOUNT)
    def score(self, who: int, amount: int) -> None:
        """A good deed is judged."""
        if self._judge(self.who(who), "好事", amount):
            self.count("score")

    @rule(who=WHO, amount=AMOUNT)
    def deduct(self, who: int, amount: int) -> None:
        """A bad deed is judged."""
        if self._judge(self.who(who), "坏事", amount):
            self.count("deduct")

    def _judge(self, who: Household, item: str, amount: int) -> bool:
        """One score into the open meeting, which is opened where there is none."""
        if self.paper.meeting is None:
            sitting = {"title": "评议会", "judges": ["李主任"], "held_on": day_of(self.at)}
            self.paper.meeting = self.write(scoring.open_meeting, **sitting).id
        row = scoring.ScoreRow(who.code, item, day_of(self.at), points=Points(amount), note="走访所见")
        refusal = None if who.state == "open" else BadRows
        entered = self.expect(refusal, scoring.enter_scores, meeting=self.paper.meeting, rows=[row])
        if entered:
            self.paper.entered[entered[0].id] = (who, amount if item == "好事" else -amount)
        return bool(entered)

    @precondition(lambda self: self.paper.entered)
    @rule()
    def publish(self) -> None:
        """The meeting ends, its result hangs out."""
        self._hang_out()
        self.count("publish")

    def _hang_out(self) -> None:
        """Close the meeting and publish its scores."""
        notice = self.write(publicity.close_and_publish, meeting=self.paper.meeting)
        self.paper.notices.append((notice.id, self.paper.entered))
        self.paper.meeting, self.paper.entered = None, {}

    @precondition(lambda self: any(scores for _, scores in self.paper.notices))
    @rule(which=st.integers(0, 20), upheld=st.booleans())
    def object(self, which: int, upheld: bool) -> None:
        """Somebody objects, and is answered."""
        lots = [scores for _, scores in self.paper.notices if scores]
        scores = lots[which % len(lots)]
        score = list(scores)[which % len(scores)]
        raised = self.write(publicity.raise_objection, score=score, raised_by="本户", reason="不符")
        answer = {"objection": raised.id, "upheld": upheld, "reason": "核实", "by": SUPERVISOR}
        self.write(publicity.decide_objection, **answer)
        if upheld:
            del scores[score]
        self.count("object")

    @precondition(lambda self: self.paper.notices)
    @rule()
    def post(self) -> None:
        """The oldest notice is hung, has hung long enough and is posted; once more changes nothing."""
        notice, scores = self.paper.notices.pop(0)
        self.expect(publicity.problems.NoticeNotHung, publicity.settle, notice=notice)
        self.write(publicity.hang, notice=notice, place="村务公开栏")
        self.at += timedelta(days=4)
        settled = self.write(publicity.settle, notice=notice)
        assert (settled.posted, settled.already) == (len(scores), False)
        assert self.write(publicity.settle, notice=notice).already
        with self.database.reading() as session:
            written = entries_of(session, self.village, "score", list(scores))
        for id, (who, amount) in scores.items():
            self._posted(id, who, amount, written[id])
        self.count("post")

    def _posted(self, score: str, who: Household, amount: int, index: int) -> None:
        """A score counts, and the same on paper."""
        moves = self.paper.award(who, amount) if amount > 0 else self.paper.deduct(who, -amount)
        self.paper.posted[index] = moves
        self.paper.scores[score] = (who, amount, index)
        with self.database.reading() as session:
            found = scoring.score(session, village=self.village, score_id=score)
        month = self.paper.month_for(month_of(found.occurred_on))
        assert found.counted_in == month
        self.paper.counted[month, who.id] += amount

    @precondition(lambda self: self.paper.correctable())
    @rule(which=st.integers(0, 40), to=WHO, good=st.booleans(), amount=AMOUNT)
    def correct(self, which: int, to: int, good: bool, amount: int) -> None:
        """A posted score is put right: another household, another deed, another amount; once."""
        lot = self.paper.correctable()
        id = lot[which % len(lot)]
        was, counted, index = self.paper.scores[id]
        now, item = was if to % 2 else self.who(to), "好事" if good else "坏事"
        with self.database.reading() as session:
            old = scoring.score(session, village=self.village, score_id=id)
        should_be = ShouldBe(now.code, item, old.occurred_on, None, Points(amount))
        signed = amount if good else -amount
        refusal: type[Problem] | None = None
        if now.state != "open":
            refusal = scoring.problems.CorrectionInvalid
        elif was.state != "open":
            refusal = roster.problems.ParticipantClosed
        elif (was, counted) == (now, signed):
            refusal = scoring.problems.NothingToCorrect
        given = {"score": id, "should_be": should_be, "reason": "记错了", "second": SUPERVISOR}
        made = self.expect(refusal, publicity.correct_score, **given)
        if made is None:
            return
        if made.status == "unhung":
            self.expect(
                publicity.problems.CorrectionNotHung, publicity.settle_correction, score=made.score_id
            )
            self.write(publicity.hang_correction, score=made.score_id, place="村务公开栏")
            self.at += timedelta(days=4)
            made = self.write(publicity.settle_correction, score=made.score_id)
        self.expect(scoring.problems.AlreadyCorrected, publicity.correct_score, **given)
        self.paper.move([(there, here, moved) for here, there, moved in self.paper.posted.pop(index)])
        del self.paper.scores[id]
        self.paper.counted[self.paper.month_for(old.counted_in), was.id] -= counted
        with self.database.reading() as session:
            written = entries_of(session, self.village, "score", [made.score_id])
        self._posted(made.score_id, now, signed, written[made.score_id])
        self.count("correct")

    @precondition(lambda self: self.paper.posted)
    @rule(which=st.integers(0, 40))
    def reverse(self, which: int) -> None:
        """A posting was wrong: it is posted back, once, whatever the household has left."""
        index = sorted(self.paper.posted)[which % len(self.paper.posted)]
        moves = self.paper.posted[index]
        ended = {one.id for one in self.paper.households if one.state != "open"}
        gone = any(account.split(".")[0] in ended for move in moves for account in move[:2])
        refusal = ledger.problems.AccountClosed if gone else None
        if self.expect(refusal, ledger.reverse, index=index, words={"reason": "记错"}):
            self.expect(
                ledger.problems.AlreadyReversed, ledger.reverse, index=index, words={"reason": "记错"}
            )
            self.paper.move([(there, here, amount) for here, there, amount in moves])
            del self.paper.posted[index]
            self.count("reverse")

    @rule(who=WHO, amount=AMOUNT)
    def gift(self, who: int, amount: int) -> None:
        """Points for no deed."""
        if self._give(self.who(who), amount):
            self.count("gift")

    def _give(self, household: Household, amount: int) -> bool:
        """A gift, and the same on paper."""
        refusal = None if household.state == "open" else roster.problems.ParticipantClosed
        given = {"participant": household.code, "points": Points(amount), "reason": "慰问"}
        gift = self.ask(refusal, give, **given)
        if gift:
            moves = [("charity.points", f"{household.id}.points", amount)]
            self.paper.move(moves)
            self.paper.posted[gift.index] = moves
        return bool(gift)

    # Spending

    @precondition(lambda self: any(one.card for one in self.paper.households))
    @rule(who=WHO, basket=st.dictionaries(THING, PIECES, min_size=1, max_size=2))
    def redeem(self, who: int, basket: dict[str, int]) -> None:
        """Goods for points, if there are enough of both."""
        holders = [one for one in self.paper.households if one.card]
        if self._buy(holders[who % len(holders)], basket):
            self.count("redeem")

    def _buy(self, household: Household, basket: dict[str, int]) -> bool:
        """A sale, and the same on paper."""
        total = sum(pieces * self.paper.price[code] for code, pieces in basket.items())
        refusal: type[Problem] | None = None
        if any(pieces > self.paper.stock[code] for code, pieces in basket.items()):
            refusal = market.problems.SoldOut
        elif total > self.paper.points(household):
            refusal = ledger.problems.InsufficientPoints
        sale = self._sell(refusal, household, basket)
        if sale:
            assert sale.total == total
            self.paper.move([(f"{household.id}.points", "market.points", total)])
            for code, pieces in basket.items():
                self.paper.stock[code] -= pieces
            self.paper.sales.append(Sale(sale.id, household, basket, dict(self.paper.price)))
        return bool(sale)

    def _sell(self, refusal: type[Problem] | None, who: Household, basket: Mapping[str, int]) -> Any:
        """A scan and a sale."""
        scan = self.write(scanning.scan, text=who.card, by=CLERK)
        lines = [market.BasketLine(code, n, Points(self.paper.price[code])) for code, n in basket.items()]
        with_check = SecondCheck(scan.scan_ticket, "pin", None)
        given = {"scan_ticket": scan.scan_ticket, "confirmed": True, "lines": lines, "by": CLERK}
        return self.ask(refusal, redemption.redeem, second_check=with_check, **given)

    @precondition(lambda self: self.paper.sales)
    @rule(which=st.integers(0, 20))
    def refund(self, which: int) -> None:
        """A basket comes back: points and pieces return, once."""
        fresh = [sale for sale in self.paper.sales if not sale.back and sale.who.state == "open"]
        lot = fresh if fresh and which != SELDOM else self.paper.sales
        sale = lot[which % len(lot)]
        refusal: type[Problem] | None = ledger.problems.AlreadyReversed if sale.back else None
        if sale.who.state != "open" and not sale.back:
            refusal = roster.problems.ParticipantClosed
        given = {"redemption": sale.id, "reason": "拿错了", "by": CLERK}
        if self.ask(refusal, reverse_redemption, **given):
            self._came_back(sale, sale.left)
            self.count("refund")

    def _came_back(self, sale: Sale, pieces: Mapping[str, int]) -> None:
        """Pieces of a sale are back, on paper."""
        points = sum(number * sale.prices[code] for code, number in pieces.items())
        self.paper.move([("market.points", f"{sale.who.id}.points", points)])
        for code, number in pieces.items():
            self.paper.stock[code] += number
            sale.returned[code] = sale.returned.get(code, 0) + number

    @precondition(lambda self: self.paper.sales)
    @rule(which=st.integers(0, 20), code=THING, pieces=PIECES)
    def give_back(self, which: int, code: str, pieces: int) -> None:
        """Some pieces of a basket come back, as often as there are any, and exactly their points."""
        fresh = [sale for sale in self.paper.sales if not sale.back and sale.who.state == "open"]
        lot = fresh if fresh and which != SELDOM else self.paper.sales
        sale = lot[which % len(lot)]
        code = code if code in sale.lines else sorted(sale.lines)[0]
        refusal: type[Problem] | None = None
        if sale.back:
            refusal = ledger.problems.AlreadyReversed
        elif sale.who.state != "open":
            refusal = roster.problems.ParticipantClosed
        elif pieces > sale.left.get(code, 0):
            refusal = market.problems.TooManyBack
        given = {"redemption": sale.id, "pieces": {code: pieces}, "reason": "多拿了", "by": CLERK}
        if self.ask(refusal, return_pieces, **given):
            self._came_back(sale, {code: pieces})
            self.count("give_back")

    @precondition(lambda self: any(not sale.back and sale.who.card for sale in self.paper.sales))
    @rule(which=st.integers(0, 20), into=THING)
    def exchange(self, which: int, into: str) -> None:
        """One piece of a basket for another kind, both or neither."""
        lot = [sale for sale in self.paper.sales if not sale.back and sale.who.card]
        sale = lot[which % len(lot)]
        code = sorted(sale.left)[0]
        stock = self.paper.stock[into] + (code == into)
        refusal: type[Problem] | None = None
        if stock < 1:
            refusal = market.problems.SoldOut
        elif self.paper.price[into] > self.paper.points(sale.who) + sale.prices[code]:
            refusal = ledger.problems.InsufficientPoints
        scan = self.write(scanning.scan, text=sale.who.card, by=CLERK)
        lines = [market.BasketLine(into, 1, Points(self.paper.price[into]))]
        given: dict[str, Any] = {
            "back": {"redemption": sale.id, "pieces": {code: 1}, "reason": "换一种"},
            "sale": {"scan_ticket": scan.scan_ticket, "confirmed": True, "lines": lines},
            "second_check": SecondCheck(scan.scan_ticket, "pin", None),
        }
        made = self.ask(refusal, exchange_pieces, by=CLERK, **given)
        if made:
            self._came_back(sale, {code: 1})
            self.paper.move([(f"{sale.who.id}.points", "market.points", self.paper.price[into])])
            self.paper.stock[into] -= 1
            self.paper.sales.append(Sale(made.id, sale.who, {into: 1}, dict(self.paper.price)))
            self.count("exchange")

    @rule(code=THING, kind=st.sampled_from(["received", "donated", "spoiled"]), pieces=PIECES)
    def restock(self, code: str, kind: str, pieces: int) -> None:
        """Pieces come, or spoil."""
        signed = -pieces if kind == "spoiled" else pieces
        refusal = market.problems.SoldOut if self.paper.stock[code] + signed < 0 else None
        moved = self.ask(refusal, market.move_stock, goods=code, kind=kind, quantity=pieces, by=CLERK)
        if moved:
            self.paper.stock[code] += signed
            self.paper.by_hand.append((code, moved.position, signed))
            self.count("restock")

    @precondition(lambda self: self.paper.by_hand)
    @rule(which=st.integers(0, 20))
    def undo(self, which: int) -> None:
        """What was entered twice is undone once, if its pieces are still there."""
        place = which % len(self.paper.by_hand)
        code, position, signed = self.paper.by_hand[place]
        refusal = market.problems.PiecesGone if self.paper.stock[code] < signed else None
        about = {"goods": code, "position": position, "reason": "登记了两次", "by": CLERK}
        if self.ask(refusal, market.undo_move, **about):
            self.paper.stock[code] -= signed
            del self.paper.by_hand[place]
            self.ask(market.problems.MoveUndone, market.undo_move, **about)
            self.count("undo")

    @rule(code=THING, off=st.integers(-2, 2))
    def count_shelf(self, code: str, off: int) -> None:
        """Goods are counted; a stocktake is begun where there is none, and only there."""
        under_way = market.problems.StocktakeUnderWay if self.paper.stocktake else None
        begun = self.ask(under_way, market.begin_stocktake, by=CLERK)
        self.paper.stocktake = begun.id if begun else self.paper.stocktake
        book, counted = self.paper.stock[code], max(0, self.paper.stock[code] + off)
        given = {"stocktake": self.paper.stocktake, "pieces": {code: counted}, "by": CLERK}
        done = self.ask(None, market.count_goods, **given)
        assert done.counts == (GoodsCount(code, book, counted),)
        self.paper.differences[code] = counted - book
        self.count("count_shelf")

    @precondition(lambda self: self.paper.differences)
    @rule(second=st.sampled_from([*[SUPERVISOR] * 4, COMMITTEE, CLERK]))
    def sign_stocktake(self, second: str) -> None:
        """Two sign, and what differed then changes the shelf of now; or it is sent back, or given up."""
        about = {"stocktake": self.paper.stocktake}
        assert self.ask(None, market.sign_stocktake, by=CLERK, **about).state == "signed"
        stock = {code: self.paper.stock[code] + off for code, off in self.paper.differences.items()}
        outdated = market.problems.CountOutdated if min(stock.values()) < 0 else None
        stocked = not self.paper.is_shelf_signed and second == COMMITTEE
        refusal = (
            market.problems.SameSigner
            if second == CLERK
            else (market.problems.SignerStocked if stocked else outdated)
        )
        if self.ask(refusal, market.sign_stocktake, by=second, **about):
            self.paper.stock |= stock
            self.paper.is_shelf_signed = True
            self.count("sign_stocktake")
        else:
            self.ask(None, market.send_back, by=SUPERVISOR, **about)
        if refusal is outdated:
            if outdated:
                self.ask(None, market.discard_stocktake, by=CLERK, **about)
            self.paper.stocktake, self.paper.differences = None, {}

    @rule(code=THING, price=st.integers(1, 20).map(lambda quarters: quarters * 25))
    def reprice(self, code: str, price: int) -> None:
        """Another price from now on; the old one is refused."""
        old, self.paper.price[code] = self.paper.price[code], price
        self.write(market.set_price, goods=code, points=Points(price))
        buyer = next((one for one in self.paper.households if one.card), None)
        if buyer and old != price:
            self.paper.price[code] = old
            self._sell(market.problems.PriceChanged, buyer, {code: 1})
            self.paper.price[code] = price
        self.count("reprice")

    # Requests and cards

    @precondition(lambda self: self.paper.requests)
    @rule(which=st.integers(0, 40))
    def repeat(self, which: int) -> None:
        """The same request again is the same answer; by somebody else it is none."""
        verb, given, index = self.paper.requests[which % len(self.paper.requests)]
        again = self.write(verb, **given)
        assert (again.status, again.index) == ("replayed", index)
        self.expect(ledger.problems.RequestReused, verb, **(given | {"by": "somebody-else"}))
        self.count("repeat")

    @precondition(lambda self: self.paper.open())
    @rule(who=WHO)
    def reissue(self, who: int) -> None:
        """A new card; the old one is worthless."""
        here = self.paper.open()
        with self.together():
            self._card(here[who % len(here)])
        self.count("reissue")

    @precondition(lambda self: self.paper.open())
    @rule(who=WHO)
    def further_card(self, who: int) -> None:
        """A second card opens the same household and is lost by itself; the first one goes on."""
        here = self.paper.open()
        household = here[who % len(here)]
        with self.together():
            [card] = self.write(roster.issue, participants=[household.id], further=True, label="城里")
            self.write(roster.hand_out, cards=[card.id])
            assert self.write(scanning.scan, text=card.token, by=CLERK).participant.id == household.id
            self.write(roster.lose, code=household.code, number=card.number)
            if household.card:
                self.write(scanning.scan, text=household.card, by=CLERK)
        household.dead_cards.append(card.token)
        self.count("further_card")

    @precondition(lambda self: self.paper.open())
    @rule(who=WHO)
    def lose(self, who: int) -> None:
        """A card is lost."""
        here = self.paper.open()
        household = here[who % len(here)]
        refusal = None if household.card else roster.problems.NoCardToRevoke
        if self.expect(refusal, roster.lose, code=household.code):
            self._bury(household)
            self.count("lose")

    @precondition(lambda self: any(one.dead_cards for one in self.paper.households))
    @rule(who=WHO)
    def scan_dead_card(self, who: int) -> None:
        """A card that is worthless opens nothing."""
        owners = [one for one in self.paper.households if one.dead_cards]
        try:
            self.write(scanning.scan, text=owners[who % len(owners)].dead_cards[-1], by=CLERK)
        except (roster.problems.CardReplaced, roster.problems.CardRevoked):
            self.count("scan_dead_card")
        else:
            raise AssertionError("a dead card was read")

    # Households and months

    @precondition(lambda self: len(self.paper.open()) < MOST_FAMILIES)
    @rule()
    def move_in(self) -> None:
        """A new household."""
        with self.together():
            self._move_in()
        self.count("move_in")

    @precondition(lambda self: len(self.paper.open()) < MOST_FAMILIES)
    @rule(who=WHO, points=st.sampled_from([0, 25, 500, 10**6]), honour=st.sampled_from([0, 25, 500]))
    def split(self, who: int, points: int, honour: int) -> None:
        """Some people of a household become one of their own, with what a decision gives them."""
        old = self.who(who)
        code = f"{len(self.paper.households) + 1:04d}"
        share = Share(code=code, name=f"户{code}", people=1, points=Points(points), honour=Points(honour))
        refusal: type[Problem] | None = None
        had = [max(self.paper.balances[f"{old.id}.{unit}"], 0) for unit in ("points", "honour")]
        if old.state != "open":
            refusal = roster.problems.ParticipantClosed
        elif old.people < 2:
            refusal = households.problems.PeopleInvalid
        elif points > had[0] or honour > had[1]:
            refusal = households.problems.ShareInvalid
        given = {"participant": old.code, "share": share, "decision": "村民小组会议"}
        made = self.ask(refusal, households.split, **given)
        if made is None:
            return
        new = Household(made.new, code, people=1)
        self.paper.households.append(new)
        old.people -= 1
        self.paper.move([(f"{old.id}.points", f"{new.id}.points", points)])
        self.paper.move([(f"{old.id}.honour", f"{new.id}.honour", honour)])
        self._card(new)
        self.count("split")

    @rule(who=WHO, status=st.sampled_from(["active", "away"]))
    def edit(self, who: int, status: str) -> None:
        """A file is edited; who is away has no place, and the month's sums are as they were."""
        household = self.who(who)
        facts = NewFacts(name=f"新{next(self.ids)}", status=status)
        refusal = None if household.state == "open" else roster.problems.ParticipantClosed
        if not self.expect(refusal, roster.edit, code=household.code, facts=facts, reason="户主更换"):
            return
        month = self.paper.month_for(month_of(day_of(self.at)))
        with self.database.reading() as session:
            lines = {
                one.participant: one for one in boards.standing(session, village=self.village, month=month)
            }
        assert (lines[household.id].place == 0) == (status == "away")
        assert lines[household.id].honour == self.paper.counted[month, household.id]
        self.count("edit")

    @precondition(lambda self: len(self.paper.open()) > 2)
    @rule(who=WHO, into=WHO)
    def merge(self, who: int, into: int) -> None:
        """One household becomes part of another."""
        here = self.paper.open()
        leaver = here[who % len(here)]
        others = [one for one in here if one is not leaver or into == SELDOM]
        heir = others[into % len(others)]
        refusal: type[Problem] | None = None
        if leaver is heir:
            refusal = households.problems.HeirInvalid
        elif self.paper.waiting(leaver):
            refusal = households.problems.ScoresUnsettled
        given = {"participant": leaver.code, "heir": heir.code, "decision": "两户合并"}
        if self.ask(refusal, households.close, **given):
            self._end(leaver, heir)
            self.count("merge")

    @precondition(lambda self: len(self.paper.open()) > 2)
    @rule(who=WHO)
    def close(self, who: int) -> None:
        """A household ends."""
        here = self.paper.open()
        if self._close(here[who % len(here)]):
            self.count("close")

    def _close(self, leaver: Household) -> bool:
        """An ending, and the same on paper."""
        refusal = households.problems.ScoresUnsettled if self.paper.waiting(leaver) else None
        given = {"participant": leaver.code, "decision": "全家迁出"}
        ended = self.ask(refusal, households.close, **given)
        if ended:
            self._end(leaver, None)
        return bool(ended)

    def _end(self, leaver: Household, heir: Household | None) -> None:
        """The same on paper."""
        self.paper.empty(leaver, heir)
        self._bury(leaver)
        leaver.state = "closed"

    @precondition(lambda self: any(one.state != "open" for one in self.paper.households))
    @rule(who=WHO)
    def erase(self, who: int) -> None:
        """A household that ended is forgotten, once; its amounts are not."""
        gone = [one for one in self.paper.households if one.state != "open"]
        left = [one for one in gone if one.state == "closed"]
        lot = left if left and who != SELDOM else gone
        household = lot[who % len(lot)]
        refusal = households.problems.AlreadyErased if household.state == "erased" else None
        given = {"participant": household.code, "reason": "本人申请"}
        if self.expect(refusal, erasing.erase, **given):
            household.state = "erased"
            with self.database.reading() as session:
                page = ledger.statement(session, village=self.village, participant=household.id)
            assert all(line.words is None for line in page.lines)
            self.count("erase")

    def month_is_due(self) -> bool:
        """Whether nothing waits, and the next month to be closed is not one to come."""
        closed = self.paper.closed_months
        now = month_of(day_of(self.at))
        return (
            self.paper.meeting is None
            and not self.paper.notices
            and (not closed or next_month(closed[-1]) <= now)
        )

    @precondition(lambda self: self.month_is_due())
    @rule()
    def close_month(self) -> None:
        """A month is over and is sealed."""
        closed = self.paper.closed_months
        month = next_month(closed[-1]) if closed else month_of(day_of(self.at))
        self.at = max(self.at, start_of_day(last_day(month)) + timedelta(hours=8))
        with self.database.reading() as session:
            totals = scoring.month_totals(session, village=self.village, month=month)
        wanted = {who: sum_ for (of, who), sum_ in self.paper.counted.items() if of == month and sum_}
        assert {who: total.honour for who, total in totals.items() if total.honour} == wanted
        self.write(proof.close_month, month=month)
        self.expect(villages.problems.MonthClosed, proof.close_month, month=month)
        closed.append(month)
        self.count("close_month")

    # What holds

    @invariant()
    def everything_holds(self) -> None:
        """After every step what is new, every few steps the whole log."""
        if not self.paper.households:
            return
        self.checker.check(self.database, self.paper)
        self.steps += 1
        self.taken["steps"] += 1
        self.at += timedelta(hours=5)
        if self.steps % AUDIT_EVERY == 0:
            assert ledger.audit(self.database, village=self.village).findings == []

    def teardown(self) -> None:
        """At the end: the whole log, every anchor, sales, scores, stock and months against it."""
        if self.paper.households:
            found = proof.verify(self.database, village=self.village).findings
            assert found == (), found
