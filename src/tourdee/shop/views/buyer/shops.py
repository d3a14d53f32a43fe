"""A shop's own page, and the question that a visitor may ask there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from tourdee.core.network import visitor_address

from ...actions.enquiries import ShopTakesNoQuestions, TooManyQuestions, send_enquiry
from ...forms.buyer.enquiry import EnquiryForm
from ...models import Shop
from ...queries.storefront import shop_page, visible_shop
from ...queries.storefront.found import found_shop
from .moved import leads_to_new_address


@leads_to_new_address("shop")
@require_http_methods(["GET", "HEAD", "POST"])
def shop(request: HttpRequest, slug: str) -> HttpResponse:
    """The shop's page; a draft for its owner alone, a closed one says so."""
    found = visible_shop(slug, request.user)
    if found is None:
        raise Http404
    if found.status == Shop.Status.CLOSED:
        return render(request, "shop/shop_closed.html", {"shop": found})
    form = EnquiryForm(request.POST or None, auto_id="ask_%s")
    if request.method == "POST" and form.is_valid() and _asked(request, found, form):
        return redirect(reverse("shop", args=[found.slug]) + "?sent=1#ask")
    preview = found.status == Shop.Status.DRAFT
    page = shop_page(found, timezone.now())
    context = {"page": page, "enquiry": form, "sent": "sent" in request.GET, "preview": preview}
    context["found"] = found_shop(page)
    return render(request, "shop/shop.html", context)


def _asked(request: HttpRequest, shop: Shop, form: EnquiryForm) -> bool:
    said = form.cleaned_data
    try:
        send_enquiry(
            shop=shop, name=said["name"], contact=said["contact"], message=said["message"],
            source=visitor_address(request), at=timezone.now(), language=get_language() or "th",
        )  # fmt: skip
    except (ShopTakesNoQuestions, TooManyQuestions) as refused:
        form.add_error(None, refused.message)
        return False
    return True
