"""Goods from a table."""

import pytest

from pointsbank import market, spreadsheets
from pointsbank.market.prices import price_history
from pointsbank.spreadsheets import Imported, Table
from pointsbank.spreadsheets.problems import BadRows
from tests.builders import NOW
from tests.market.shop import Shop, salt

HEADERS = ["编号", "名称", "规格", "积分", "库存", "每户每月限量", "类别", "产地"]
OIL = ["Y05", "菜籽油", "1升", "35.5", "12", "2", "粮油", "本地"]


def imported(shop: Shop, *rows: list[str], **more: object) -> Imported:
    """Import rows under the headers of the form."""
    done = shop.change(market.import_goods, table=Table.of(HEADERS, rows), **more)
    assert isinstance(done, Imported)
    return done


def test_new_goods_come_with_their_stock(shop: Shop) -> None:
    done = imported(shop, OIL)
    oil = shop.goods("Y05")

    assert (done.added, done.changed, done.unchanged, done.ignored_columns) == (1, 0, 0, ["产地"])
    assert (oil.name, oil.spec, oil.points, oil.stock, oil.limit_per_month) == ("菜籽油", "1升", 3550, 12, 2)
    assert [move.kind for move in shop.village.read(market.stock_journal, goods="Y05")] == ["counted"]


def test_the_same_table_again_changes_nothing_and_says_so(shop: Shop) -> None:
    imported(shop, OIL)
    again = imported(shop, OIL)

    assert (again.added, again.changed, again.unchanged, again.warnings) == (0, 0, 1, [])
    assert shop.stock("Y05") == 12
    assert len(shop.village.read(price_history, goods="Y05")) == 1


def test_known_goods_get_a_new_price_and_category_but_never_stock(sqlite_shop: Shop) -> None:
    sqlite_shop.sell(sqlite_shop.wang, salt(10))
    done = imported(sqlite_shop, ["S03", "食盐", "", "3", "100", "", "调料", ""])
    changed = sqlite_shop.goods("S03")

    assert (done.changed, changed.category, changed.points, changed.stock) == (1, "调料", 300, 90)
    assert done.warnings == ["第2行：食盐已有库存90件，不随导入改变。"]


def test_what_a_table_has_no_column_for_stays_as_it_is(sqlite_shop: Shop) -> None:
    imported(sqlite_shop, OIL)
    table = Table.of(["编号", "名称", "积分"], [["Y05", "菜籽油", "36"]])
    done = sqlite_shop.change(market.import_goods, table=table)
    oil = sqlite_shop.goods("Y05")

    assert (done.changed, done.warnings, done.to_confirm) == (1, [], [])
    assert (oil.spec, oil.points, oil.stock, oil.limit_per_month, oil.category) == (
        "1升",
        3600,
        12,
        2,
        "粮油",
    )


def test_a_code_beside_the_name_of_other_goods_is_asked_about(sqlite_shop: Shop) -> None:
    shelf = {one.code: one for one in sqlite_shop.village.read(market.goods_list, at=NOW)}
    mine, other = list(shelf.values())[:2]
    row = [mine.code, other.name, "", str(mine.points // 100), "", "", "", ""]

    expected = f"{mine.code}是{mine.name}.*编号是{other.code}"
    with pytest.raises(spreadsheets.problems.RowsInDoubt, match=expected):
        imported(sqlite_shop, row)


def test_one_bad_row_applies_none_and_every_bad_cell_is_named(sqlite_shop: Shop) -> None:
    rows = [
        OIL,
        ["Y06", "", "", "0", "-1", "", "", ""],
        ["Y07", "面粉", "", "五", "3", "10000", "", ""],
        OIL,
    ]
    with pytest.raises(spreadsheets.problems.BadRows) as refused:
        imported(sqlite_shop, *rows)

    places = {(problem.row, problem.column) for problem in refused.value.problems}
    assert places == {(3, "名称"), (3, "积分"), (3, "库存"), (4, "积分"), (4, "每户每月限量"), (5, "编号")}
    assert len(sqlite_shop.village.read(market.goods_list, at=NOW)) == 3


def test_goods_named_twice_are_refused(sqlite_shop: Shop) -> None:
    with pytest.raises(spreadsheets.problems.BadRows, match="编号Y05在第2行已经有了"):
        imported(sqlite_shop, OIL, OIL)


def test_a_name_that_looks_like_markup_is_kept_as_text(sqlite_shop: Shop) -> None:
    imported(sqlite_shop, ["T01", "{{7*7}}<img src=x>", "", "1", "1", "", "", ""])

    assert sqlite_shop.goods("T01").name == "{{7*7}}<img src=x>"


def test_a_real_village_s_price_list_is_taken_as_it_is(sqlite_shop: Shop) -> None:
    headers = ["goods_id", "name", "spec", "points", "opening_stock", "category"]
    rows = [["LYG1", "洗衣液", "", "20", "48", "日用品"], ["LYG4", "茶苗5株", "", "50", "20", "农资"]]

    assert sqlite_shop.change(market.import_goods, table=Table.of(headers, rows)).added == 2


LIST = ["序号", "商品名称", "规格", "兑换积分", "数量"]


def test_a_price_list_without_numbers_gets_the_same_ones_again(sqlite_shop: Shop) -> None:
    rows = [["1", "绿豆", "5公斤/袋", "39", "20袋"], ["2", "洗洁精", "1壶", "14分", "30"]]
    first = sqlite_shop.change(market.import_goods, table=Table.of(LIST, rows))
    rows.insert(0, ["0", "面粉", "5公斤/袋", "30", "8"])
    again = sqlite_shop.change(market.import_goods, table=Table.of(LIST, rows))

    assert (first.added, again.added, again.unchanged) == (2, 1, 2)
    assert first.found[-1] == "没有编号这一列，按名称和规格认原有的，新的编为SP01至SP02。"
    assert (sqlite_shop.goods("SP01").name, sqlite_shop.goods("SP03").name) == ("绿豆", "面粉")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["Y06", "菜籽油", "1升", "40"]], "第2行“编号”：货架上已有Y05菜籽油（1升），这里是新编号Y06。"),
        ([["Y06", "菜籽油", "", "40"]], "第2行“编号”：货架上已有Y05菜籽油（1升），这里是新编号Y06。"),
        ([["00Y05", "酱油", "1瓶", "4"]], "第2行“编号”：00Y05和Y05只差前面的0，已有Y05菜籽油。"),
        (
            [["y05", "酱油", "1瓶", "4"]],
            "第2行“编号”：y05和Y05只差字母大小写，已有Y05菜籽油。同一种商品请写成Y05",
        ),
    ],
)
def test_what_is_on_the_shelf_under_another_code_is_told(sqlite_shop: Shop, rows: list, said: str) -> None:
    imported(sqlite_shop, OIL)

    with pytest.raises(BadRows) as refused:
        sqlite_shop.change(market.import_goods, table=Table.of(HEADERS[:4], rows))

    assert str(refused.value.problems[0]).startswith(said)


def test_two_rows_without_numbers_may_not_be_the_same_goods(sqlite_shop: Shop) -> None:
    table = Table.of(LIST, [["1", "大米", "袋", "3", ""], ["2", "大米", "袋", "3", ""]])

    with pytest.raises(BadRows, match="第3行“编号”：名称和规格和第2行相同，又没有编号"):
        sqlite_shop.change(market.import_goods, table=table)


def test_the_same_goods_under_two_codes_are_asked_about(sqlite_shop: Shop) -> None:
    with pytest.raises(spreadsheets.problems.BadRows) as refused:
        imported(sqlite_shop, OIL, ["Y09", *OIL[1:]])

    [said] = map(str, refused.value.problems)
    assert said.startswith("第3行“名称”：和第2行的名称、规格一样，编号不同。")


def test_new_goods_that_are_taken_off_the_shelf_in_the_file_are_asked_about(sqlite_shop: Shop) -> None:
    table = Table.of(["编号", "名称", "积分", "状态"], [["Y09", "面粉", "5", "已下架"]])
    with pytest.raises(spreadsheets.problems.BadRows, match="状态写着“已下架”"):
        sqlite_shop.change(market.import_goods, table=table)
