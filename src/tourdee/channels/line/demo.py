"""LINE in the demo: played, so that anybody can be the customer. The boats have followers, a menu, and news that were sent."""

from datetime import datetime, timedelta

from tourdee.shop.models import Shop

from .actions import at_line, broadcasts, connecting, figures, followers, keyword_answers, menus, practice, sending_news
from .models import Broadcast, Follower
from .queries.connections import connection_of, mode

KEYS = {"channel_id": "0000000000", "secret": "0" * 32, "token": "play-" + "demo" * 30}
GIVEN = ("มาลี", "สุดา", "พรทิพย์", "วิชัย", "สมพร", "ปราณี", "ธนา", "กิตติ", "อำพร", "ดวงใจ", "ชูชาติ", "นภา", "ศรีนวล")
FAMILY = ("แก้วมณี", "ดอกไม้")
REGULARS, BIRDS = "ลูกค้าประจำ", "ชอบดูนก"
NEWS = "เสาร์นี้น้ำใส ลมสงบ ยังว่าง 4 ที่ รอบเช้า 9 โมง\nใครเคยมาแล้วพาเพื่อนมาด้วยได้เลย แตะ “เลือกวัน” ด้านล่าง ที่นั่งกันไว้ให้ 1 ชั่วโมง"
ANSWERS = [
    (["ที่จอดรถ", "จอดรถ", "parking"], "จอดรถฟรีที่ลานหน้าท่าเรือ มีที่ร่มประมาณ 10 คัน", ""),
    (["ฝน", "ฝนตก", "rain"], "ถ้าฝนหนักเราเลื่อนวันให้ฟรี หรือคืนเงินเต็มจำนวน", "dates"),
]


def load(at: datetime) -> None:
    """In the boat shop of the demo, connected to the twin; where LINE is reached or off, nothing is loaded."""
    shop = Shop.objects.get(slug="bang-bua-boats")
    if mode() != "console" or connection_of(shop) is not None:
        return
    connecting.connect(shop=shop, by=shop.owner, at=at, **KEYS)
    connecting.check_due(at)
    menus.ask_to_put_up(shop=shop)
    at_line.put_up_menus(at)
    for words, answer, shows in ANSWERS:
        keyword_answers.add_answer(shop=shop, words=words, answer=answer, shows=shows, is_active=True, at=at)
    _followers(shop, at)
    _news(shop, at - timedelta(days=2))
    _question(shop, at)


def _followers(shop: Shop, at: datetime) -> None:
    for number, name in enumerate(f"{given} {family}" for family in FAMILY for given in GIVEN):
        seen = at - timedelta(days=1 + number * 3, hours=number)
        who = f"U{number + 1000:032d}"
        follower = followers.meet(shop=shop, user_id=who, name=name, at=seen)
        if number % 5 == 0:
            followers.put_tags(follower=follower, names=[REGULARS] if number % 2 else [REGULARS, BIRDS])
    followers.stop_news(follower=Follower.objects.filter(shop=shop).earliest("seen_at"), at=at)


def _news(shop: Shop, at: datetime) -> None:
    """Sent two days ago; LINE has counted who saw them."""
    tour = shop.tours.order_by("id")[0]
    wanted = broadcasts.News(text=NEWS, audience=Broadcast.Audience.EVERYONE, tour=tour)
    news = broadcasts.write_news(shop=shop, news=wanted, by=shop.owner, at=at)
    broadcasts.agree_to_send(
        broadcast=news, shown_people=len(GIVEN) * len(FAMILY), left=None, send_at=None, by=shop.owner, at=at
    )  # fmt: skip
    sending_news.begin_due(at)
    sending_news.send_parts_due(at)
    figures.ask_how_it_went(at + timedelta(days=1))


def _question(shop: Shop, at: datetime) -> None:
    """Somebody asks what no word answers: it waits in the inbox."""
    connection = connection_of(shop)
    assert connection
    practice.act(connection=connection, user_id="U" + "a" * 32, does=practice.follow(), at=at)
    practice.act(
        connection=connection, user_id="U" + "a" * 32, does=practice.write("คุณแม่ใช้ไม้เท้า ลงเรือได้ไหมคะ"), at=at
    )  # fmt: skip
