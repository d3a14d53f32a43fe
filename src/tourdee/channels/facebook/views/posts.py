"""Posts: written, posted in one touch, looked at, called back, tried again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tourdee.shop.actions.sharing import short_link_of
from tourdee.shop.models import Shop

from ..actions import posts
from ..actions.answers import new_key
from ..forms import PostForm
from ..forms.posts import LATER, NOW
from ..models import Post
from ..queries.pages import page_of
from ..queries.posts import MOST_PICTURES, own_posts, pictures_of, short_address, text_of
from ..queries.reasons import ONLY_OTHER_WORDS_HELP, words
from ..queries.texts import Item, facts_of, ready_body, why_not
from .access import own_item, with_open_shop


def _language() -> str:
    return (get_language() or "th")[:2]


@require_http_methods(["GET", "POST"])
@with_open_shop
def write_post(request: Any, shop: Shop, kind: str, public_id: str) -> HttpResponse:
    """A new post of an item, begun with a ready text."""
    item = own_item(shop, kind, public_id)
    pictures = list(item.pictures.all())
    ready = {
        "body": ready_body(item, _language()), "pictures": [one.public_id for one in pictures[:MOST_PICTURES]],
        "language": _language(), "key": new_key(),
    }  # fmt: skip
    form = PostForm(request.POST or None, pictures=pictures, initial=ready)
    if request.method == "POST" and form.is_valid():
        try:
            post = posts.make_post(
                shop=shop, item=item, written=form.written(), by=request.user, key=form.cleaned_data["key"],
                at=timezone.now(),
            )  # fmt: skip
        except posts.CannotPost as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("facebook_post", public_id=post.public_id)
    return _write_page(request, shop, item, form)


def _write_page(request: Any, shop: Shop, item: Item, form: PostForm, post: Post | None = None) -> HttpResponse:
    page, at = page_of(shop), timezone.now()
    link = short_address(short_link_of(item))
    context = {
        "item": item, "form": form, "post": post, "why_not": words(why_not(item, at)), "link": link,
        "facts": facts_of(item, form["language"].value() or "th", at), "page": page if page and page.may_post else None,
        "pictures": item.pictures.all(), "chosen": set(form["pictures"].value() or []),
        "kind": "tour" if (post.tour_id if post else hasattr(item, "minutes")) else "product",
    }  # fmt: skip
    return render(request, "facebook_page/write.html", context)


@require_POST
@with_open_shop
def post_now(request: Any, shop: Shop, kind: str, public_id: str) -> HttpResponse:
    """One touch: the ready text, all pictures, at once."""
    item = own_item(shop, kind, public_id)
    names = [one.public_id for one in item.pictures.all()[:MOST_PICTURES]]
    written = posts.Written(body=ready_body(item, _language()), pictures=names, language=_language())
    key = request.POST.get("key") or new_key()
    try:
        post = posts.make_post(
            shop=shop, item=item, written=written, by=request.user, key=key[:64], at=timezone.now()
        )  # fmt: skip
    except posts.CannotPost as refused:
        messages.error(request, refused.message)
        return redirect("my_facebook")
    return redirect("facebook_post", public_id=post.public_id)


# ------------------------------------------------------------------ one that there is
def _own(request: Any, public_id: str) -> Post:
    return get_object_or_404(own_posts(request.user), public_id=public_id)


@require_safe
@with_open_shop
def my_post(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """How it looks, and what has become of it."""
    post = _own(request, public_id)
    context = {
        "post": post, "pictures": pictures_of(post), "page": page_of(shop), "reason": words(post.why),
        "text": text_of(post, page_of(shop), short_address(short_link_of(post.item)), timezone.now()),
        "other_words": post.state == Post.State.FAILED and post.why in ONLY_OTHER_WORDS_HELP,
        "comments": post.comments.filter(gone_at__isnull=True).select_related("order")[:20],
    }  # fmt: skip
    return render(request, "facebook_page/post.html", context)


@require_safe
@with_open_shop
def state(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """What the open page asks for again and again."""
    post = _own(request, public_id)
    return render(request, "facebook_page/_post_state.html", {"post": post, "reason": words(post.why)})


@require_http_methods(["GET", "POST"])
@with_open_shop
def edit_post(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """Other words, another time."""
    post = _own(request, public_id)
    if post.state == Post.State.PUBLISHED or post.on_its_way:
        return redirect("facebook_post", public_id=public_id)
    form = PostForm(request.POST or None, pictures=post.item.pictures.all(), initial=_as_written(post))
    if request.method == "POST" and form.is_valid():
        try:
            posts.change_post(post=post, written=form.written(), at=timezone.now())
        except posts.CannotPost as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("facebook_post", public_id=public_id)
    return _write_page(request, shop, post.item, form, post)


def _as_written(post: Post) -> dict[str, Any]:
    later = post.publish_at if post.publish_at and post.publish_at > timezone.now() else None
    then = localtime(later) if later else None
    return {
        "body": post.body, "pictures": post.pictures, "language": post.language, "key": post.key,
        "when": LATER if then else NOW, "day": then.date() if then else None, "hour": str(then.hour) if then else "19",
    }  # fmt: skip


@require_POST
@with_open_shop
def call_back(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """Not now."""
    try:
        posts.call_back(post=_own(request, public_id))
    except posts.CannotPost as refused:
        messages.error(request, refused.message)
    return redirect("facebook_post", public_id=public_id)


@require_POST
@with_open_shop
def try_again(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """Once more."""
    try:
        posts.try_again(post=_own(request, public_id), at=timezone.now())
    except posts.CannotPost as refused:
        messages.error(request, refused.message)
    return redirect("facebook_post", public_id=public_id)


@require_POST
@with_open_shop
def throw_away(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """It was a draft, or it failed."""
    if posts.throw_away(post=_own(request, public_id)):
        messages.success(request, _("The draft is gone."))
    return redirect("my_facebook")
