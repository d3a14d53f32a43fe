"""The rulebook, asked by pages and by the gate."""

from dataclasses import dataclass

from .. import rulebook
from ..rulebook import Format, Rule


@dataclass(frozen=True)
class Forbidden:
    """Words in an offer that a rule does not allow."""

    key: str
    rule: str
    words: str


def rule(rule_id: str) -> Rule | None:
    """One rule, or ``None`` for an unknown id."""
    return rulebook.rules().get(rule_id)


def rules_by_topic() -> list[tuple[str, list[Rule]]]:
    """All rules, by topic in the order of the book."""
    every = rulebook.rules().values()
    return [(topic, [one for one in every if one.topic == topic]) for topic in rulebook.TOPICS]


def number_format(kind: str) -> Format:
    """How the number of this kind of paper looks. Every kind of ``Paper.Kind`` has one."""
    return rulebook.formats()[kind]


def number_looks_right(kind: str, number: str) -> bool:
    """Whether a number has the form of its kind, check digit included (mod 11, shared by citizens and companies).

    Only where ``number_format(kind).blocks`` may a wrong one be refused."""
    form = number_format(kind)
    if not form.pattern.fullmatch(number):
        return False
    return not form.check_digit or _check_digit(number) == int(number[12])


def _check_digit(digits: str) -> int:
    weighed = sum(int(digit) * (13 - place) for place, digit in enumerate(digits[:12]))
    return (11 - weighed % 11) % 10


def forbidden_words(text: str) -> list[Forbidden]:
    """Phrases of an offer that the law forbids (“inbox for the price”, “no refunds in any case”).

    Every exception is taken out first, so that “no need to ask for the price” stands."""
    found = []
    for phrases in rulebook.phrases():
        left = text
        for exception in phrases.exceptions:
            left = exception.sub(" ", left)
        hit = next((match for pattern in phrases.patterns if (match := pattern.search(left))), None)
        if hit:
            found.append(Forbidden(phrases.key, phrases.rule, hit.group(0).strip()))
    return found
