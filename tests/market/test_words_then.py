"""A slip says what was bought, whatever the goods are called since; every door to a sale says the same."""

from pointsbank import market
from pointsbank.database import Database
from pointsbank.market import GoodsWords
from tests.market.shop import open_shop, salt


def test_a_sale_keeps_the_words_under_which_it_was_made(database: Database) -> None:
    shop = open_shop(database)
    bought = GoodsWords(shop.goods("S03").name, shop.goods("S03").spec)
    first = shop.sell(shop.li, salt())
    shop.change(market.describe_goods, goods="S03", words=GoodsWords("海盐", "400克一袋"))
    second = shop.sell(shop.li, salt())
    shop.change(market.describe_goods, goods="S03", words=GoodsWords("井盐", "300克一袋"))

    def said(sale: str) -> tuple[str, str, str]:
        with shop.database.reading() as session:
            sold = market.redemption_by_id(session, village="chayuan", redemption=sale)
            words = market.sold_words(session, village="chayuan", sales=[sale])
        return sold.lines[0].name, sold.lines[0].spec, words[sale]

    assert said(first.id) == (bought.name, bought.spec, f"{bought.name}×1")
    assert said(second.id) == ("海盐", "400克一袋", "海盐×1")
    assert shop.goods("S03").name == "井盐"
