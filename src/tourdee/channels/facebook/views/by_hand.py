"""For whoever has no access to Facebook's interface: text and pictures ready to paste, or to hand to the phone's own app."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from tourdee.shop.actions.sharing import short_link_of
from tourdee.shop.models import Shop

from ..actions import posts
from ..actions.answers import new_key
from ..forms import ByHandForm
from ..queries.posts import MOST_PICTURES, jpeg_address, kind_of, short_address
from ..queries.reasons import words
from ..queries.texts import Item, ready_body, whole_text, why_not
from .access import own_item, with_open_shop


@require_http_methods(["GET", "POST"])
@with_open_shop
def by_hand(request: Any, shop: Shop, kind: str, public_id: str) -> HttpResponse:
    """Copy, paste, and show us where it stands: a post by hand counts like any other."""
    item = own_item(shop, kind, public_id)
    form = ByHandForm(request.POST or None, initial={"key": new_key()})
    text = _text(item)
    if request.method == "POST" and form.is_valid():
        try:
            post = posts.say_posted(
                shop=shop, item=item, body=text, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except posts.CannotPost as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("facebook_post", public_id=post.public_id)
    context = {
        "item": item, "kind": kind_of(item), "text": text, "form": form, "why_not": words(why_not(item, timezone.now())),
        "pictures": [(one, jpeg_address(one)) for one in item.pictures.all()[:MOST_PICTURES]],
    }  # fmt: skip
    return render(request, "facebook_page/by_hand.html", context)


def _text(item: Item) -> str:
    language = (get_language() or "th")[:2]
    return whole_text(
        body=ready_body(item, language), item=item, language=language, link=short_address(short_link_of(item)),
        takes_comments=False, at=timezone.now(),
    )  # fmt: skip
