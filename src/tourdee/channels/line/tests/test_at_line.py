"""What the worker puts up at LINE: once, after growing pauses while LINE is silent, and without leaving anything behind."""

from datetime import timedelta

import pytest

from tourdee.core.calling import Unavailable

from .. import play
from ..actions.at_line import put_up_menus
from ..actions.menus import ask_to_put_up
from ..client import Line
from ..models import RichMenu


@pytest.fixture
def menu(shop, connection) -> RichMenu:
    return ask_to_put_up(shop=shop)


@pytest.fixture
def calls(monkeypatch) -> list[str]:
    """What LINE is asked about menus; the picture of one never arrives."""
    asked = []

    def note(name, answer=None):
        def called(_line, *more):
            asked.append(name)
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(Line, name, called)

    note("make_menu", "richmenu-9")
    note("put_menu_picture", Unavailable("nothing"))
    note("delete_menu")
    return asked


def test_a_menu_whose_picture_does_not_arrive_leaves_none_behind_and_is_tried_after_growing_pauses(menu, at, calls):
    tried = [put_up_menus(at + timedelta(seconds=second)) for second in range(80)]
    assert [second for second, number in enumerate(tried) if number] == [0, 10, 30, 70]
    assert calls == ["make_menu", "put_menu_picture", "delete_menu"] * 4
    assert RichMenu.objects.get().state == RichMenu.State.SENDING


def test_who_asks_again_does_not_wait(menu, shop, at, calls):
    put_up_menus(at)
    ask_to_put_up(shop=shop)
    assert put_up_menus(at) == 1


def test_a_fault_with_one_menu_is_no_end_of_trying(menu, at, monkeypatch):
    monkeypatch.setattr(play, "exchange", lambda *_all, **_more: 1 / 0)
    assert [put_up_menus(at), put_up_menus(at), RichMenu.objects.get().tries] == [1, 0, 1]
