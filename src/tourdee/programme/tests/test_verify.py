"""The public check of certificates."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from tourdee.programme import actions, queries
from tourdee.programme.models import Enrolment

from .pages import english

pytestmark = pytest.mark.django_db


# ------------------------------------------------------------------ abuse 41: a forged certificate; the public check
def check(client, typed: str) -> str:
    return client.post(english("verify"), {"typed": typed}, follow=True).content.decode()


def test_abuse_41_the_public_page_shows_what_was_frozen(certificate, seat, client, clock):
    Enrolment.objects.update(name="ชื่อใหม่")
    for typed in (certificate.verify_code, queries.verify_address(certificate)):
        page = check(client, typed)
        assert "This certificate is true and holds" in page
        assert [word in page for word in (seat.name, "DSD 0001/2569", "Digital course", "18 hours", "ชื่อใหม่")] == [
            True, True, True, True, False,
        ]  # fmt: skip


def test_abuse_41_no_personal_number_stands_on_the_public_page(certificate, owner, seat, client):
    pages = [client.get(reverse("verify_certificate", args=[certificate.verify_code])).content.decode()]
    with override("en"):
        pages.append(client.get(reverse("verify_certificate", args=[certificate.verify_code])).content.decode())
    for page in pages:
        secrets = (owner.email, owner.phone, owner.public_id, seat.public_id, certificate.public_id)
        assert [secret in page for secret in secrets] == [False] * 5


def test_abuse_41_a_guessed_number_reveals_nobody(certificate, seat, client):
    for typed in ("DSD 0001/2569", "dsd  ๐๐๐๑ / ๒๕๖๙"):
        page = check(client, typed)
        assert "A certificate with the number DSD 0001/2569 was issued." in page
        assert seat.name not in page
        assert certificate.verify_code not in page
    page = check(client, "DSD 0002/2569")
    assert "No certificate has this number or code." in page
    assert 'value="DSD 0002/2569"' in page


def test_abuse_41_a_wrong_code_is_no_certificate(certificate, client):
    for code in (certificate.verify_code[:-1], certificate.verify_code.swapcase(), "x" * 500, "ก"):
        answer = client.get(english("verify_certificate", code))
        assert answer.status_code == 404
        assert "There is no such certificate" in answer.content.decode()
    assert len(certificate.verify_code) * 6 >= 128


def test_abuse_41_a_revoked_certificate_says_so(certificate, officer, client, at):
    actions.revoke_certificate(certificate=certificate, reason="พิมพ์ชื่อผิด", by=officer, at=at)
    page = client.get(english("verify_certificate", certificate.verify_code)).content.decode()
    assert "This certificate no longer holds" in page
    assert "Revoked on Monday 23 November 2026" in page
    assert "พิมพ์ชื่อผิด" in page
    assert "is true and holds" not in page


def test_abuse_41_looking_at_a_certificate_is_not_found_by_search_engines(certificate, client):
    assert client.get(reverse("verify_certificate", args=[certificate.verify_code]))["X-Robots-Tag"] == "noindex"
