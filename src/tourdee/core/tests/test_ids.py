"""Public ids."""

from collections import Counter

from tourdee.core.ids import ALPHABET, public_id, secret_token, short_code


def test_ids_have_their_length_and_no_letters_that_are_mistaken():
    assert len(public_id()) == 16
    assert len(short_code()) == 8
    assert len(secret_token()) >= 32
    assert set(public_id()) <= set(ALPHABET)
    assert set(short_code().lower()) <= set(ALPHABET)
    assert set("01oil") & set(ALPHABET) == set()


def test_no_id_comes_twice():
    assert len({public_id() for _ in range(2000)}) == 2000


def test_each_letter_is_as_likely_as_any_other():
    drawn = Counter("".join(public_id() for _ in range(4000)))
    expected = 16 * 4000 / len(ALPHABET)
    assert set(drawn) == set(ALPHABET)
    assert all(abs(count - expected) < 6 * expected**0.5 for count in drawn.values())
