"""Letters: written in the reader's language, sent once and only of what was committed."""

from dataclasses import dataclass, field

import pytest
from django.core import mail as outbox
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from tourdee.core import delivery, mail
from tourdee.core.delivery import event, listens, publish
from tourdee.core.ids import public_id

TEXT = (
    "{% autoescape off %}{% get_current_language as code %}"
    "{{ code }} {{ name }} {{ site_url }}/o/1{% endautoescape %}\n\n"
)


@pytest.fixture
def letter(settings):
    """A template of a letter that only these tests know."""
    (usual,) = settings.TEMPLATES
    loaders = [("django.template.loaders.locmem.Loader", {"test/letter.txt": TEXT})]
    settings.TEMPLATES = [{**usual, "OPTIONS": {**usual["OPTIONS"], "loaders": loaders}}]
    return "test/letter"


def test_a_letter_is_written_in_the_readers_language_with_full_links(letter):
    mail.send(
        to="a@example.org", subject=gettext_lazy("Market"), template=letter, context={"name": "A & B"}, language="en"
    )
    [sent] = outbox.outbox
    assert (sent.to, sent.subject, sent.body) == (["a@example.org"], "Market", "en A & B http://testserver/o/1\n")


def test_a_line_break_in_the_subject_adds_no_header(letter):
    mail.send(to="a@example.org", subject="ทัวร์\r\nBcc: all@example.org", template=letter, context={}, language="th")
    assert outbox.outbox[0].subject == "ทัวร์ Bcc: all@example.org"
    assert outbox.outbox[0].message()["Bcc"] is None


@pytest.mark.parametrize("address", ["a@example.org\nBcc: b@example.org", "a@example.org\r\nX: y"])
def test_a_line_break_in_the_address_is_refused(letter, address):
    with pytest.raises(ValueError, match="newline"):
        mail.send(to=address, subject="x", template=letter, context={}, language="th")
    assert outbox.outbox == []


# ------------------------------------------------------------------ the outbox
@dataclass(frozen=True, kw_only=True)
class LampWent:
    """An event for these tests only."""

    event_id: str = field(default_factory=public_id)


@pytest.fixture
def _registry(monkeypatch):
    """The tests' own event, and no listener of the rooms."""
    for name in ("_events", "_listeners", "_by_path"):
        monkeypatch.setattr(delivery, name, {})
    event(LampWent)


def posted(letter):
    mail.post(to="a@example.org", subject="x", template=letter, context={"name": "A"}, language="en")


def due_now():
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_tells_nobody(letter, deliver_events):
    with transaction.atomic():
        posted(letter)
        transaction.set_rollback(True)
    deliver_events()
    assert outbox.outbox == []
    with transaction.atomic():
        posted(letter)
        assert outbox.outbox == []  # it waits until what it tells of is committed
    deliver_events()
    assert [one.to for one in outbox.outbox] == [["a@example.org"]]


@pytest.mark.django_db
@pytest.mark.usefixtures("_registry")
def test_a_listener_that_fails_after_its_letter_and_is_repeated_sends_one(letter, deliver_events):
    tries = []

    def fails_at_first(_happened):
        posted(letter)
        tries.append(1)
        if len(tries) < 3:
            raise RuntimeError("broken after the letter")

    listens(LampWent)(fails_at_first)
    publish(LampWent())
    for _ in range(3):
        deliver_events()
        due_now()
    deliver_events()
    assert (len(tries), len(outbox.outbox)) == (3, 1)


@pytest.mark.django_db
def test_a_letter_that_the_server_does_not_take_is_tried_again_and_goes_once(letter, deliver_events, monkeypatch):
    hand_over, tries = mail._hand_over, []

    def refuses_twice(*letter):
        tries.append(letter)
        if len(tries) < 3:
            raise OSError("no route to the mail server")
        hand_over(*letter)

    monkeypatch.setattr(mail, "_hand_over", refuses_twice)
    posted(letter)
    for _ in range(4):
        deliver_events()
        due_now()
    assert (len(tries), len(outbox.outbox)) == (3, 1)


@pytest.mark.django_db
def test_a_letter_that_is_never_taken_is_given_up_and_stays_to_be_seen(letter, deliver_events, monkeypatch):
    monkeypatch.setattr(mail, "_hand_over", lambda *_letter: 1 / 0)
    posted(letter)
    for _ in range(delivery.ATTEMPTS):
        deliver_events()
        due_now()
    assert list(DBTaskResult.objects.exclude(status="SUCCESSFUL").values_list("status", flat=True)) == ["FAILED"]
