"""Facebook in the demo: the boats' page on the twin, with posts in every state, comments, and orders that begin in them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from tourdee.core.dates import at_bangkok, bangkok_day
from tourdee.shop.actions.orders import Item
from tourdee.shop.models import Shop, Tour

from .actions import answers, comments, names, notices, pages, posts, publishing
from .graph import mode, play
from .graph.signatures import signed
from .models import Comment, Page, Post
from .queries.choices import dates_of, prices_of
from .queries.pages import page_of
from .queries.posts import MOST_PICTURES
from .queries.texts import ready_body

PAGE_NAME = "ล่องเรือบางบัว"
WEEKEND = "เสาร์นี้น้ำขึ้นตอนเช้า ล่องคลองเล็กได้ถึงสวนป้าลำดวน\nรอบ 7 โมงยังว่าง พิมพ์ จอง แล้วตามด้วยจำนวนคนได้เลยค่ะ"
AHEAD = "สิ้นเดือนนี้คืนเดือนมืด หิ่งห้อยเยอะที่สุดในรอบเดือน\nใครรอดูอยู่ จองไว้ก่อนได้เลยค่ะ"
AGAIN = "วันนี้ว่างค่ะ"
# (hours ago, name, words) below the newest post
COMMENTS = (
    (26, "คุณวิภา", "จอง 4 ที่ค่ะ ไปกับพ่อแม่"),
    (20, "เงินด่วน อนุมัติไว", "สนใจเงินด่วน ทักแชทเลยครับ ไม่เช็กบูโร"),
    (5, "คุณพลอย", "CF 2"),
    (2, "Ton Srisuk", "คุณแม่ใช้ไม้เท้า ลงเรือได้ไหมครับ"),
)
MESSAGES = ((95, "คุณต้น ศรีสุข", "วันอาทิตย์มีรอบบ่ายไหมครับ ไปกัน 3 คน"),)  # minutes ago


def load(at: datetime) -> None:
    """In the boat shop of the demo, connected to the twin; where Facebook is reached or off, nothing is loaded."""
    shop = Shop.objects.select_related("owner", "business").get(slug="bang-bua-boats")
    if mode() != "console" or page_of(shop) is not None:
        return
    page = _connected(shop, at - timedelta(days=9))
    newest = _posts(shop, at)
    _customers(page, newest, at)
    _answered(shop, at)


def _connected(shop: Shop, at: datetime) -> Page:
    page = pages.keep_keys(
        shop=shop, token=f"{play.TOKEN}-{shop.slug}", app_secret=play.APP_SECRET, by=shop.owner, at=at
    )  # fmt: skip
    there = play.played(play.page_id(f"{play.TOKEN}-{shop.slug}"))
    there.name = PAGE_NAME
    there.keep()
    pages.note_call(page=page, verify_token=page.verify_token, at=at)
    pages.look_at_pages_due(at)
    found = page_of(shop)
    assert found
    return found


def _posts(shop: Shop, at: datetime) -> Post:
    """Two stand there, one waits for its evening, one failed. Returns the newest that stands there."""
    first, second = shop.tours.order_by("id")[:2]
    _post(first, ready_body(first, "th"), at - timedelta(days=6), key="demo-1")
    newest = _post(first, WEEKEND, at - timedelta(hours=30), key="demo-2")
    failed = _post(second, AGAIN, at - timedelta(hours=3), key="demo-3", goes_out=False)
    Post.objects.filter(pk=failed.pk).update(state=Post.State.FAILED, why="duplicate", try_at=None)
    evening = at_bangkok(bangkok_day(at) + timedelta(days=1), 19)
    _post(second, AHEAD, at, key="demo-4", publish_at=evening, goes_out=False)
    return newest


def _post(
    tour: Tour, body: str, at: datetime, *, key: str, publish_at: datetime | None = None, goes_out: bool = True
) -> Post:
    chosen = [one.public_id for one in tour.pictures.all()[:MOST_PICTURES]]
    written = posts.Written(body=body, pictures=chosen, publish_at=publish_at)
    post = posts.make_post(shop=tour.shop, item=tour, written=written, by=tour.shop.owner, key=key, at=at)
    if goes_out:
        publishing.publish_due(at)
        post.refresh_from_db()
    return post


def _customers(page: Page, post: Post, at: datetime) -> None:
    """What they write comes in by the signed webhook, as always."""
    for hours, name, text in COMMENTS:
        then = at - timedelta(hours=hours)
        _told(page, play.comment(page.page_id, post=post.outside_id, name=name, text=text, at=then), then)
    for minutes, name, text in MESSAGES:
        then = at - timedelta(minutes=minutes)
        _told(page, play.write(page.page_id, name=name, text=text, at=then), then)
    _until_none(notices.read_notices_due, at)
    _until_none(names.learn_names_due, at)


def _told(page: Page, entry: play.Row, at: datetime) -> None:
    raw = play.notice(page.page_id, entry, at=at)
    notices.receive_notice(page=page, signature=signed(play.APP_SECRET, raw), raw=raw, at=at)


def _answered(shop: Shop, at: datetime) -> None:
    """One comment became an order, an advertisement was hidden; a draft and a question wait."""
    first, advertisement = (
        Comment.objects.filter(shop=shop).select_related("shop__owner", "post__tour").order_by("at")[:2]
    )
    tour = first.post and first.post.tour
    assert tour
    item = Item(departure=dates_of(tour, at)[0].public_id, category=prices_of(tour)[0].public_id, quantity=4)
    comments.order_from_comment(comment=first, items=[item], by=shop.owner, language="th", answer=True, at=at)
    comments.hide_comment(comment=advertisement, hide=True, by=shop.owner, at=at)
    _until_none(answers.send_answers_due, at)
    _until_none(comments.hide_due, at)


def _until_none(work: Callable[[datetime], int], at: datetime) -> None:
    """The worker's rounds, until nothing is due."""
    while work(at):
        pass
