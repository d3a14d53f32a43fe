"""What the holder of a certificate is told."""

import pytest
from django.core import mail

from tourdee.people.models import User
from tourdee.programme import actions

pytestmark = pytest.mark.django_db


def test_the_holder_is_told_of_issue_and_revocation(certificate, owner, officer, at, deliver_events):
    User.objects.update(language="en")
    deliver_events()
    actions.revoke_certificate(certificate=certificate, reason="พิมพ์ชื่อผิด", by=officer, at=at)
    deliver_events()
    ready, revoked = mail.outbox
    assert (ready.to, ready.subject) == ([owner.email], "Your certificate is ready")
    assert [word in ready.body for word in (certificate.number, "/en/my/certificates/", "Digital course")] == [True] * 3
    assert revoked.subject == "Your certificate was revoked"
    assert "พิมพ์ชื่อผิด" in revoked.body


def test_a_certificate_revoked_before_the_message_went_out_is_not_praised(certificate, officer, at, deliver_events):
    actions.revoke_certificate(certificate=certificate, reason="พิมพ์ชื่อผิด", by=officer, at=at)
    deliver_events()
    assert len(mail.outbox) == 1
    assert "พิมพ์ชื่อผิด" in mail.outbox[0].body
