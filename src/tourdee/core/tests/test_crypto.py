"""Secrets at rest."""

import pytest

from tourdee.core.crypto import CannotUnseal, keyed_hash, seal, unseal


def test_what_is_sealed_opens_again_and_shows_nothing():
    sealed = seal("1101700230708 สมหญิง")
    assert "1101700230708" not in sealed
    assert unseal(sealed) == "1101700230708 สมหญิง"


def test_two_seals_of_one_text_differ():
    assert seal("a") != seal("a")


def test_a_changed_seal_does_not_open():
    sealed = seal("100")
    for broken in (sealed[:-6] + "AAAAA=", sealed[1:], "", "ก", "not a seal"):
        with pytest.raises(CannotUnseal):
            unseal(broken)


def test_another_installations_seal_does_not_open(settings):
    sealed = seal("a")
    settings.SECRET_KEY = "another"
    with pytest.raises(CannotUnseal):
        unseal(sealed)


def test_a_former_key_still_opens(settings):
    sealed = seal("a")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next one"
    assert unseal(sealed) == "a"


def test_a_hash_finds_the_same_value_for_the_same_purpose_only(settings):
    assert keyed_hash("citizen-id", "1101700230708") == keyed_hash("citizen-id", "1101700230708")
    assert keyed_hash("citizen-id", "1101700230708") != keyed_hash("phone", "1101700230708")
    assert len(keyed_hash("a", "b")) == 64
    before = keyed_hash("a", "b")
    settings.SECRET_KEY = "another"
    assert keyed_hash("a", "b") != before
