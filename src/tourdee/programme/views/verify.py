"""The public check of a certificate. Nothing personal beyond what stands on the paper itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .. import queries
from ..forms.certificates import VerifyForm


def verify(request: HttpRequest) -> HttpResponse:
    """Takes the link or code; of a number alone it says only whether it was ever given out."""
    form = VerifyForm(request.POST or None)
    known_number = None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["typed"]
        code = queries.code_in(typed)
        if queries.certificate_with_code(code):
            return redirect("verify_certificate", code=code)
        number = queries.number_as_printed(typed)
        if queries.was_issued(number):
            known_number = number
        else:
            form.add_error("typed", _("No certificate has this number or code. Please compare it with the paper."))
    return render(request, "programme/certificate_verify.html", {"form": form, "known_number": known_number})


def verify_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR leads to: does it hold, and what does the true paper say."""
    certificate = queries.certificate_with_code(code)
    if certificate is None:
        return render(request, "programme/certificate_unknown.html", status=404)
    words = queries.certificate_words(certificate, get_language() or "th")
    context = {"certificate": certificate, "words": words}
    response = render(request, "programme/certificate_verified.html", context)
    response["X-Robots-Tag"] = "noindex"  # a certificate is shown to whom its holder shows it
    return response
