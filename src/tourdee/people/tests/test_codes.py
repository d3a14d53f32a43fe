from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from tourdee.people import actions
from tourdee.people.actions import codes
from tourdee.people.addresses import Address
from tourdee.people.models import Budget, OneTimeCode
from tourdee.people.periodic import forget_counts

from .conftest import wrong

A = Address("email", "a@example.org")
B = Address("email", "b@example.org")
SIGN_IN = OneTimeCode.Purpose.SIGN_IN


def send(at, address=A, purpose=SIGN_IN, network="192.0.2.1", user=None):
    return actions.send_code(address=address, purpose=purpose, network=network, language="th", at=at, user=user)


def check(sent, at, typed=None, purpose=SIGN_IN, user=None):
    return actions.check_code(nonce=sent.nonce, purpose=purpose, typed=typed or sent.code, at=at, user=user)


def left_after(sent, at, typed, **more):
    with pytest.raises(actions.CodeRefused) as refused:
        check(sent, at, typed, **more)
    return refused.value.left


def test_a_code_proves_its_address_once(db, at):
    sent = send(at)
    assert check(sent, at) == A
    assert left_after(sent, at, sent.code) == 0


def test_the_mail_is_in_the_language_of_the_page(db, at):
    sent = send(at)
    assert mail.outbox[0].to == ["a@example.org"]
    assert mail.outbox[0].subject == f"{sent.code} คือรหัส TourDee ของคุณ"


def test_neither_code_nor_nonce_is_stored(db, at):
    sent = send(at)
    row = OneTimeCode.objects.values().get()
    assert sent.code not in str(row)
    assert sent.nonce not in str(row)


def test_five_wrong_codes_use_it_up(db, at):
    sent = send(at)
    assert [left_after(sent, at, wrong(sent.code)) for _ in range(6)] == [4, 3, 2, 1, 0, 0]
    assert left_after(sent, at, sent.code) == 0
    assert OneTimeCode.objects.get().attempts == 5


def test_the_database_refuses_a_sixth_attempt(db, at):
    send(at)
    with pytest.raises(IntegrityError), transaction.atomic():
        OneTimeCode.objects.update(attempts=6)


def test_a_code_lives_ten_minutes(db, at):
    sent = send(at)
    assert left_after(sent, at + timedelta(minutes=10), sent.code) == 0
    assert check(sent, at + timedelta(minutes=9, seconds=59)) == A


def test_a_code_for_one_address_does_not_work_for_another(db, at):
    """The browser that asked for B has A's code: it opens neither."""
    for_a, for_b = send(at), send(at, B)
    if for_a.code == for_b.code:
        for_b = send(at, B)
    assert left_after(for_b, at, for_a.code) == 4


def test_a_code_works_only_in_the_browser_that_asked_for_it(db, at):
    sent = send(at)
    with pytest.raises(actions.CodeRefused):
        actions.check_code(nonce="another-browser", purpose=SIGN_IN, typed=sent.code, at=at)
    assert check(sent, at) == A


def test_a_code_for_one_purpose_does_not_serve_another(db, at, owner, stranger):
    sent = send(at, purpose=OneTimeCode.Purpose.PROVE_AGAIN, user=owner)
    assert left_after(sent, at, sent.code) == 0
    assert left_after(sent, at, sent.code, purpose="prove_again", user=stranger) == 0
    assert check(sent, at, purpose="prove_again", user=owner) == A


def test_brute_force_over_many_browsers_stops_at_fifty_guesses_a_day(db, at, settings):
    """Twenty sends of five guesses would be a hundred; the budget of the address stops earlier, for the right code too."""
    guesses = 0
    for number in range(20):
        now = at + timedelta(minutes=15 * (number // 5), seconds=number)
        sent = send(now, network=f"192.0.2.{number}")
        for _ in range(5):
            left = left_after(sent, now, wrong(sent.code))
            guesses += left > 0 or OneTimeCode.objects.get(nonce_hash=codes._nonce_hash(sent.nonce)).attempts == 5
            if left == 0:
                break
    assert OneTimeCode.objects.count() == 20
    assert Budget.objects.get(key=_key("guess", codes.DAY, A.value)).spent == 50
    assert left_after(sent, now, sent.code) == 0


def _key(what, window, subject):
    from tourdee.core.crypto import keyed_hash

    return keyed_hash("budget", f"{what}|{window.total_seconds():.0f}|{subject}")


def test_an_address_gets_five_codes_in_a_quarter_of_an_hour(db, at):
    for number in range(5):
        send(at, network=f"192.0.2.{number}")
    with pytest.raises(actions.TooManyCodes) as full:
        send(at, network="192.0.2.99")
    assert full.value.until == at + timedelta(minutes=15)
    assert len(mail.outbox) == 5
    send(at + timedelta(minutes=15), network="192.0.2.99")


def test_an_address_gets_twenty_codes_a_day(db, at):
    for number in range(20):
        send(at + timedelta(minutes=15 * (number // 5)), network=f"192.0.2.{number}")
    with pytest.raises(actions.TooManyCodes):
        send(at + timedelta(hours=3), network="192.0.2.99")


def test_pumping_from_one_network_stops(db, at, settings):
    settings.CODES_PER_NETWORK_HOUR = 3
    for number in range(3):
        send(at, Address("email", f"{number}@example.org"))
    with pytest.raises(actions.TooManyCodes):
        send(at, Address("email", "next@example.org"))
    send(at, Address("email", "next@example.org"), network="198.51.100.7")


def test_the_circuit_breaker_stops_sms_for_all_but_not_mail(db, at, settings, caplog):
    settings.SMS_CODES_PER_HOUR = 2
    for number in range(2):
        send(at, Address("phone", f"+6681234567{number}"), network=f"192.0.2.{number}")
    with pytest.raises(actions.TooManyCodes):
        send(at, Address("phone", "+66812345679"), network="192.0.2.9")
    assert [record.levelname for record in caplog.records if "Circuit breaker" in record.message] == ["ERROR"]
    send(at, A)


def test_a_refused_sending_spends_no_other_budget(db, at, settings):
    settings.MAIL_CODES_PER_HOUR = 1
    send(at)
    before = sorted(Budget.objects.values_list("key", "spent"))
    with pytest.raises(actions.TooManyCodes):
        send(at, B)
    assert sorted(Budget.objects.filter(spent__gt=0).values_list("key", "spent")) == before


@pytest.mark.parametrize("number", ["+6621234567", "+12025550123", "+882161234567"])
def test_sms_goes_to_thai_mobiles_only(db, at, number):
    with pytest.raises(actions.NotAMobileNumber):
        send(at, Address("phone", number))
    assert (OneTimeCode.objects.count(), Budget.objects.count()) == (0, 0)


def test_another_country_may_be_allowed(db, at, settings):
    settings.SMS_COUNTRIES = {66, 856}
    send(at, Address("phone", "+8562023123456"))
    assert OneTimeCode.objects.count() == 1


def test_what_cannot_be_delivered_is_said(db, at, monkeypatch):
    def broken(**kwargs):
        raise OSError("no mail server")

    monkeypatch.setattr("tourdee.core.mail.send", broken)
    with pytest.raises(actions.NotDelivered):
        send(at)


def test_old_codes_and_counts_are_forgotten(db, at):
    send(at)
    send(at + timedelta(days=3), B)
    assert list(OneTimeCode.objects.values_list("target", flat=True)) == ["b@example.org"]
    assert not Budget.objects.filter(window_start__lt=at).exists()


def test_a_phone_gets_a_short_message(db, at, caplog):
    caplog.set_level("INFO", "tourdee.people.sms")
    sent = send(at, Address("phone", "+66812345678"))
    assert [record.message for record in caplog.records if record.name.endswith("console")] == [
        f"SMS to +66812345678: รหัส TourDee {sent.code} ใช้ได้ 10 นาที ห้ามบอกใคร"
    ]


def test_old_counts_are_forgotten_by_the_clock_too(db, at):
    actions.spend(what="a service", subject="x", limit=1, window=timedelta(seconds=1), at=at)
    actions.spend(what="a service", subject="x", limit=1, window=timedelta(seconds=1), at=at + timedelta(days=3))
    forget_counts(at + timedelta(days=3))
    assert list(Budget.objects.values_list("window_start", flat=True)) == [at + timedelta(days=3)]
