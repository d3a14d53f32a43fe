import pytest
from django.core.management import CommandError, call_command

from tourdee.core.models import AuditLine
from tourdee.people.checks import people_can_use_their_rights
from tourdee.people.models import User


def test_somebody_becomes_host(db, capsys):
    call_command("make_host", "Boss@Example.org")
    user = User.objects.get()
    assert (user.email, user.is_host, user.is_staff) == ("boss@example.org", True, True)
    assert "/account/login/" in capsys.readouterr().out
    assert list(AuditLine.objects.values_list("act", "actor")) == [("make_host", "")]


def test_a_known_person_becomes_host_and_signs_in_anew(owner, client_of):
    browser = client_of(owner)
    call_command("make_host", "owner@example.org")
    owner.refresh_from_db()
    assert owner.is_host is True
    assert browser.get("/account/profile/").status_code == 302


def test_a_mistyped_address_is_said(db):
    with pytest.raises(CommandError):
        call_command("make_host", "nobody")
    assert User.objects.count() == 0


def test_publishing_notices_says_what_it_did(db, capsys):
    from tourdee.people.models import PrivacyNotice

    call_command("publish_privacy_notice")
    PrivacyNotice.objects.all().delete()
    call_command("publish_privacy_notice")
    assert capsys.readouterr().out.splitlines() == ["Nothing new", "Published version 1.0"]


def test_an_installation_for_the_public_names_who_is_responsible(settings):
    settings.CONTROLLER = settings.CONTACT = ""
    assert [found.id for found in people_can_use_their_rights(None)] == ["people.W001", "people.W002"]
    settings.CONTROLLER, settings.CONTACT = "กรม", "a@example.org"
    assert people_can_use_their_rights(None) == []
