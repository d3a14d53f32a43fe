"""LINE SHOPPING: prices and stock follow, orders take from the one stock once, and faults of the service mend themselves."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tourdee.core.calling import Answer, Unavailable
from tourdee.shop.actions.publishing import hide_product
from tourdee.shop.models import Listing, Product, StockMovement, Variant
from tourdee.shop.tests.factories import a_product

from ..actions.following import SOON, follow, follow_due
from ..actions.myshop import UnknownCategory, connect, disconnect, offer, withdraw
from ..models import MyShop, MyShopItem, OutsideOrder
from ..myshop import Spent, play
from ..queries.myshop import key_of

KEY = "practice-key-7"


@pytest.fixture(autouse=True)
def _played(settings, clock) -> None:
    settings.CHANNEL_SERVICES = "console"


@pytest.fixture
def connection(shop, owner, at) -> MyShop:
    """Connected, looked at once: its categories are known."""
    row = connect(shop=shop, key=KEY, by=owner, at=at)
    follow_due(at)
    row.refresh_from_db()
    return row


@pytest.fixture
def minute(at, monkeypatch) -> Callable[[], int]:
    """``minute()``: a minute passes and the worker looks at everything."""
    passed = iter(range(1, 1000))

    def pass_one() -> int:
        now = at + timedelta(minutes=next(passed))
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)
        return follow_due(now)

    return pass_one


@pytest.fixture
def on_sale(connection, cloth, minute, at) -> Variant:
    """The cloth stands there."""
    offer(connection=connection, products=[cloth.product.public_id], category=101, at=at)
    minute()
    return cloth


def left(variant: Variant) -> int:
    return Variant.objects.get(pk=variant.pk).left


def there(variant: Variant) -> tuple[float, int, bool] | None:
    return play.stands(KEY, variant.public_id)


def failing(monkeypatch, *, times: int, after: str = "") -> list[str]:
    """The next ``times`` calls whose address holds ``after`` are carried out, but their answers are lost."""
    real, asked = play.ask, []

    def ask(method: str, url: str, **more: object) -> Answer:
        answer = real(method, url, **more)
        asked.append(f"{method} {url.split('/v1')[1].split('?')[0]}")
        if after in url and sum(after in one for one in asked) <= times:
            raise Unavailable("timeout")
        return answer

    monkeypatch.setattr(play, "ask", ask)
    return asked


# ------------------------------------------------------------------ connected
def test_a_key_is_sealed_and_tried_and_categories_are_learnt(connection):
    assert KEY not in connection.key
    assert (connection.hint, connection.trouble, key_of(connection)) == ("ey-7", "", KEY)
    assert [name for _number, name in connection.categories] == ["งานฝีมือ", "อาหารและเครื่องดื่ม", "เสื้อผ้าและผ้าทอ"]
    assert connection.seen_at is not None


def test_a_wrong_key_is_said_and_not_tried_every_minute(shop, owner, at, minute):
    row = connect(shop=shop, key=play.WRONG, by=owner, at=at)
    follow_due(at)
    row.refresh_from_db()
    assert (row.trouble, row.seen_at) == ("key", None)
    assert minute() == 0
    connect(shop=shop, key=KEY, by=owner, at=at)
    assert minute() == 1
    row.refresh_from_db()
    assert row.trouble == ""


def test_silence_makes_pauses_longer_and_ends_with_the_first_answer(connection, minute, monkeypatch):
    failing(monkeypatch, times=3)
    looked = [minute() for _number in range(9)]
    assert looked == [1, 1, 0, 1, 0, 0, 0, 1, 1]
    connection.refresh_from_db()
    assert (connection.trouble, connection.tries) == ("", 0)


def test_no_trouble_tells_the_key_to_the_log(shop, owner, at, minute, monkeypatch, caplog):
    connect(shop=shop, key="canary-key-of-line", by=owner, at=at)
    failing(monkeypatch, times=9)
    minute()
    assert f"MyShop of {shop.public_id}" in caplog.text
    assert "canary" not in caplog.text


def test_where_services_are_off_nothing_is_asked(connection, minute, settings, monkeypatch):
    settings.CHANNEL_SERVICES = "off"
    asked = failing(monkeypatch, times=0)
    minute()
    assert asked == []


# ------------------------------------------------------------------ prices and stock follow
def test_a_product_is_made_once_with_price_and_stock_and_shown(on_sale):
    assert there(on_sale) == (350.5, 5, True)
    listing = Listing.objects.get()
    assert (listing.channel, listing.variant, listing.price_satang, listing.stock) == ("line_myshop", on_sale, 35050, 5)
    assert listing.outside_id == MyShopItem.objects.get().kinds[on_sale.public_id]


def test_all_kinds_of_a_product_go_together(connection, cloth, minute, at):
    red = Variant.objects.create(product=cloth.product, name_th="สีแดง", price_satang=40000, stock=2)
    offer(connection=connection, products=[cloth.product.public_id], category=101, at=at)
    minute()
    assert (there(cloth), there(red)) == ((350.5, 5, True), (400, 2, True))


def test_price_and_stock_follow(on_sale, minute):
    Variant.objects.filter(pk=on_sale.pk).update(price_satang=39900, reserved=3)
    minute()
    assert there(on_sale) == (399, 2, True)


def test_nothing_is_told_while_nothing_differs(on_sale, minute, monkeypatch):
    asked = failing(monkeypatch, times=0)
    minute()
    assert asked == ["GET /orders"]


def test_a_hidden_product_is_hidden_there_and_comes_back(on_sale, minute, owner, at):
    hide_product(product=on_sale.product, by=owner, at=at)
    minute()
    assert there(on_sale) == (350.5, 5, False)
    assert Listing.objects.get().state == "removed"
    Product.objects.update(status=Product.Status.PUBLISHED)
    minute()
    assert there(on_sale)[2] is True
    assert Listing.objects.get().state == "listed"


def test_what_is_withdrawn_is_hidden_there(on_sale, minute, at):
    withdraw(item=MyShopItem.objects.get(), at=at)
    minute()
    assert there(on_sale)[2] is False


def test_a_kind_that_is_sold_no_more_has_no_pieces_there(on_sale, minute):
    red = Variant.objects.create(product=on_sale.product, name_th="สีแดง", price_satang=40000, stock=2)
    Variant.objects.filter(pk=on_sale.pk).update(is_active=False)
    minute()
    assert there(on_sale) == (350.5, 0, True)
    assert MyShopItem.objects.get().why == f"new_kind: สีแดง {red.public_id}"


@pytest.mark.parametrize("lost", ["/products", "/variant", "/display-status"])
def test_a_lost_answer_makes_nothing_twice(connection, cloth, minute, at, monkeypatch, lost):
    offer(connection=connection, products=[cloth.product.public_id], category=101, at=at)
    failing(monkeypatch, times=2, after=lost)
    for _number in range(5):
        minute()
    assert there(cloth) == (350.5, 5, True)
    made = play.ask("GET", "https://x/myshop/v1/products?skus=" + cloth.public_id, headers={"X-API-KEY": KEY})
    assert len(made.data["data"]) == 1


def test_a_refused_product_says_why_and_keeps_no_other_from_sale(connection, cloth, shop, minute, at):
    bare = a_product(shop)  # without a picture, which LINE demands
    both = [bare.product.public_id, cloth.product.public_id]
    offer(connection=connection, products=both, category=101, at=at)
    minute()
    assert there(cloth) == (350.5, 5, True)
    assert MyShopItem.objects.get(product=bare.product).why == "imageUrls must hold 1 to 7"
    assert Listing.objects.get(product=bare.product).state == "refused"


def test_a_category_must_be_one_of_theirs(connection, cloth, at):
    with pytest.raises(UnknownCategory):
        offer(connection=connection, products=[cloth.product.public_id], category=999, at=at)


# ------------------------------------------------------------------ one stock
def test_a_sale_there_takes_from_the_stock_here_once(on_sale, minute):
    number = play.sell(KEY, on_sale.public_id, 2)
    for _number in range(3):
        minute()
    assert (left(on_sale), there(on_sale)) == (3, (350.5, 3, True))
    movement = StockMovement.objects.get(variant=on_sale)
    assert (movement.change, movement.reason) == (-2, f"LINE SHOPPING {number}")


def test_a_sale_that_comes_between_two_looks_is_not_sold_twice(on_sale, minute, monkeypatch):
    """The order is placed after orders were read and before the stock is told: what can be bought there must not grow."""
    Variant.objects.filter(pk=on_sale.pk).update(stock=4)
    real = play.ask

    def ask(method: str, url: str, **more: object) -> Answer:
        answer = real(method, url, **more)
        if "/orders" in url and not play.ask.done:
            play.ask.done = True
            play.sell(KEY, on_sale.public_id, 2)
        return answer

    ask.done = False
    monkeypatch.setattr(play, "ask", ask)
    minute()
    assert there(on_sale)[1] == 2
    minute()
    assert (left(on_sale), there(on_sale)[1]) == (2, 2)


def test_a_cancelled_order_gives_its_pieces_back_once(on_sale, minute):
    number = play.sell(KEY, on_sale.public_id, 2)
    minute()
    play.end(KEY, number, status="CANCELED")
    for _number in range(3):
        minute()
    assert (left(on_sale), there(on_sale)[1]) == (5, 5)
    assert OutsideOrder.objects.get().state == "cancelled"


def test_a_sent_order_changes_nothing_more(on_sale, minute):
    number = play.sell(KEY, on_sale.public_id, 2)
    minute()
    play.end(KEY, number, status="COMPLETED")
    minute()
    Variant.objects.filter(pk=on_sale.pk).update(price_satang=10000)
    minute()
    assert (left(on_sale), there(on_sale)) == (3, (100, 3, True))


def test_what_was_sold_twice_is_said(on_sale, minute):
    play.sell(KEY, on_sale.public_id, 5)
    Variant.objects.filter(pk=on_sale.pk).update(reserved=4)
    minute()
    assert (left(on_sale), OutsideOrder.objects.get().missing) == (0, 4)
    minute()
    assert left(on_sale) == 0


def test_an_order_of_nothing_of_ours_changes_nothing(on_sale, minute, shop):
    play.sell(KEY, on_sale.public_id, 1)
    Variant.objects.filter(pk=on_sale.pk).update(public_id="other")
    minute()
    assert (OutsideOrder.objects.get().lines, StockMovement.objects.count()) == ([], 0)


def test_a_lost_answer_about_an_order_takes_nothing_twice(on_sale, minute, monkeypatch):
    play.sell(KEY, on_sale.public_id, 2)
    failing(monkeypatch, times=1, after="/orders/")
    for _number in range(4):
        minute()
    assert left(on_sale) == 3


def test_disconnecting_forgets_the_key_and_lists_nothing(on_sale, connection, owner, at, minute):
    disconnect(connection=connection, by=owner, at=at)
    assert (MyShop.objects.count(), Listing.objects.get().state) == (0, "removed")
    assert minute() == 0


def test_a_spent_minute_is_no_trouble_of_the_connection(connection, at, monkeypatch):
    def spent(*_asked, **_how):
        raise Spent

    monkeypatch.setattr("tourdee.channels.marketplaces.myshop.play.ask", spent)
    assert follow(connection=connection, at=at)
    now = MyShop.objects.get()
    assert (now.trouble, now.tries, now.due_at) == ("", 0, at + SOON)


def test_a_fault_of_ours_is_tried_again_after_growing_pauses_and_keeps_no_other_waiting(connection, at, monkeypatch):
    def broken(*_asked, **_how):
        raise KeyError("surprise")

    monkeypatch.setattr("tourdee.channels.marketplaces.myshop.play.ask", broken)
    for number in range(3):
        assert follow(connection=MyShop.objects.get(), at=at)
        now = MyShop.objects.get()
        assert (now.trouble, now.tries, now.due_at) == ("away", number + 1, at + timedelta(minutes=2**number))
