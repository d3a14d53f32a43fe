"""Names of those who write by Messenger: asked for once, never in the way."""

from datetime import timedelta

import pytest

from tourdee.core.calling import Answer
from tourdee.inbox.models import Conversation, Message

from ..actions.names import MOST_TRIES, forget_strangers, learn_names_due
from ..actions.notices import read_notices_due
from ..graph import play
from ..models import Stranger
from .conftest import a_message, call, refusal

pytestmark = pytest.mark.usefixtures("clock")
LATER = timedelta(hours=2)


def written(page, at, **how) -> str:
    """Somebody writes, and the inbox has it. Returns the end of the conversation's path at Facebook: the person's id."""
    assert call("mali", a_message(page, at, **how)) == 200
    read_notices_due(at)
    return Stranger.objects.latest("pk").person


def names() -> list[str]:
    return list(Conversation.objects.values_list("name", flat=True))


def test_who_writes_gets_a_name(page, at):
    person = written(page, at)
    assert names() == [f"Messenger …{person[-4:]}"]
    learn_names_due(at)
    assert names() == ["คุณนก"]


def test_a_name_is_asked_for_once_however_much_they_write(page, at, faults):
    person = written(page, at)
    learn_names_due(at)
    written(page, at + LATER, text="แล้วพรุ่งนี้ล่ะคะ")
    assert (learn_names_due(at + LATER), faults.calls.count(("GET", person)), names()) == (0, 1, ["คุณนก"])
    assert Message.objects.count() == 2


@pytest.mark.parametrize("answer", [refusal(100), refusal(200), refusal(190)])
def test_who_may_not_be_asked_for_stays_as_they_were(page, at, faults, answer):
    person = written(page, at)
    faults.fail(person, answer=answer, method="GET")
    learn_names_due(at)
    assert (learn_names_due(at + LATER), names()) == (0, [f"Messenger …{person[-4:]}"])


@pytest.mark.parametrize("answer", [None, Answer(200, {"unexpected": 1})])
def test_silence_and_junk_are_tried_again_but_not_for_ever(page, at, faults, answer):
    person = written(page, at)
    for number in range(MOST_TRIES + 2):
        faults.fail(person, answer=answer, method="GET")
        learn_names_due(at + LATER * number)
    assert faults.calls.count(("GET", person)) == MOST_TRIES
    assert Stranger.objects.get().try_at is None


def test_a_hostile_name_is_cleaned(page, at, faults):
    person = written(page, at)
    faults.fail(person, answer=Answer(200, {"name": "  คุณ\u202eนก\n" + "ก" * 300}), method="GET")
    learn_names_due(at)
    assert names() == ["คุณนก " + "ก" * 114]


def test_what_was_forgotten_is_not_brought_back_by_a_late_name(page, at):
    written(page, at)
    Conversation.objects.all().delete()
    learn_names_due(at)
    assert (names(), Stranger.objects.get().try_at) == ([], None)


def test_somebody_without_a_name_is_asked_for_again_after_a_week(page, at):
    written(page, at, name=play.NAMELESS)
    learn_names_due(at)
    week = timedelta(days=7)
    assert (forget_strangers(at + week), forget_strangers(at + week + LATER), Stranger.objects.count()) == (0, 1, 0)
    written(page, at + week + LATER, name=play.NAMELESS)
    assert Stranger.objects.get().try_at == at + week + LATER
