"""Who follows the shop, and in which groups they are."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tourdee.core.text import HostileText
from tourdee.shop.models import Shop

from ..actions.followers import TooManyTags, put_tags
from ..forms.menus import TagsForm
from ..models import Follower
from ..queries.audiences import followers_of, may_write_to, tags_of
from .access import with_shop

A_PAGE = 50


@require_safe
@with_shop
def my_followers(request: Any, shop: Shop) -> HttpResponse:
    """All of them, or one group."""
    tag = request.GET.get("tag", "")
    context = {
        "shop": shop, "tag": tag, "tags": tags_of(shop), "people": may_write_to(shop).count(),
        "page": Paginator(followers_of(shop, tag=tag), A_PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "line_oa/followers.html", context)


@require_http_methods(["GET", "POST"])
@with_shop
def my_follower(request: Any, shop: Shop, public_id: str) -> HttpResponse:
    """The groups of one of them."""
    follower = get_object_or_404(Follower, shop=shop, public_id=public_id)
    names = ", ".join(tag.name for tag in follower.tags.all())
    form = TagsForm(request.POST or None, initial={"names": names})
    if request.method == "POST" and form.is_valid():
        try:
            put_tags(follower=follower, names=form.cleaned_data["names"])
        except TooManyTags as problem:
            form.add_error("names", problem.message)
        except HostileText:
            form.add_error("names", _("Please use ordinary letters."))
        else:
            messages.success(request, _("Saved."))
            return redirect("my_line_followers")
    return render(
        request, "line_oa/follower.html", {"shop": shop, "follower": follower, "form": form, "tags": tags_of(shop)}
    )
