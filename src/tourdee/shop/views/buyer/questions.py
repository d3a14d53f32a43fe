"""What the shop asks of its guests, answered by the order's link until the start."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ...actions.questions import AnswersClosed, answer_questions
from ...forms.questions import AnswersForm
from ...queries.order_page import OrderPage
from .orders import behind_secret


@require_http_methods(["GET", "HEAD", "POST"])
@behind_secret
def questions(request: HttpRequest, page: OrderPage) -> HttpResponse:
    """The answers there are, to be completed or corrected."""
    if not page.questions:
        return redirect("order_status", secret=page.order.secret)
    form, problem = AnswersForm(request.POST or None, asked=page.questions, strict=False), ""
    if request.method == "POST" and form.is_valid():
        try:
            answer_questions(order=page.order, given=form.given(), at=page.at)
        except AnswersClosed as closed:
            problem = closed.message
        else:
            messages.success(request, _("Saved. Thank you!"))
            return redirect("order_status", secret=page.order.secret)
    context = {"page": page, "order": page.order, "answers": form, "problem": problem}
    context["kept_days"] = settings.GUEST_ANSWERS_KEPT_DAYS
    return render(request, "shop/order/questions.html", context)
