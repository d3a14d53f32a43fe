"""A buyer sends goods back: asked for on the order's own page, behind its secret."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tourdee.core.pictures import BadPicture

from ...actions.conflicts import TryAgain
from ...actions.returns import CannotReturn, ReturnDecided, ask_return, withdraw_return
from ...forms.returns import AskForm
from ...queries.order_page import OrderPage
from ...queries.returns import open_return, return_until, returnable_lines
from .orders import behind_secret


@require_http_methods(["GET", "HEAD", "POST"])
@behind_secret
def ask(request: HttpRequest, page: OrderPage) -> HttpResponse:
    """How many of what, and why."""
    until, lines = return_until(page.order), returnable_lines(page.order)
    if until is None or not lines or open_return(page.order):
        return redirect("order_status", secret=page.order.secret)
    form = AskForm(request.POST or None, request.FILES or None, lines=lines, late=page.at > until)
    if request.method == "POST" and form.is_valid() and _asked(page, form):
        return redirect("order_status", secret=page.order.secret)
    context = {"page": page, "order": page.order, "form": form, "until": until, "late": page.at > until}
    return render(request, "shop/return.html", context)


def _asked(page: OrderPage, form: AskForm) -> bool:
    typed = form.cleaned_data
    try:
        ask_return(
            order=page.order, quantities=form.quantities(), reason=typed["reason"], words=typed["words"],
            picture=typed["picture"], at=page.at,
        )  # fmt: skip
    except (CannotReturn, TryAgain) as refused:
        form.add_error(None, refused.message)
    except BadPicture as bad:
        form.add_error("picture", str(bad))
    return form.is_valid()


@require_POST
@behind_secret
def withdraw(request: HttpRequest, page: OrderPage) -> HttpResponse:
    """The buyer keeps the goods."""
    asked = open_return(page.order)
    if asked:
        with suppress(ReturnDecided):  # then the order's page says what became of it
            withdraw_return(asked=asked, at=page.at)
    return redirect("order_status", secret=page.order.secret)
