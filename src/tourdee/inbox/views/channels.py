"""The page from which a seller reaches every channel."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tourdee.shop.models import Shop

from ..queries.channels import windows_of
from .access import PersonRequest, with_shop


@require_safe
@with_shop
def my_channels(request: PersonRequest, shop: Shop) -> HttpResponse:
    """Where the shop already sells, and the next step of each channel."""
    return render(request, "inbox/channels.html", {"shop": shop, "windows": windows_of(shop)})
