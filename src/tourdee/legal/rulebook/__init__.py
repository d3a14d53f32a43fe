"""The rulebook: what the law asks, restated in our own words, in Thai and English, as data beside this file.

Not legal advice. Every rule says how sure we are (``confidence``), where it comes from and when it was last reviewed.
What is of low confidence blocks nobody; a penalty is shown only where its source was read (``penalty_basis``).
"""

import re
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import get_language

LEVELS = {"must", "must_not", "conditional", "should", "info"}
CONFIDENCES = {"high", "medium", "low"}
PENALTY_BASES = {"sourced", "partly_sourced", "knowledge", "none"}
TOPICS = ("tourism", "registration", "price", "consumer")
RULE_ID = re.compile(r"[A-Z]+-\d{3}")


class BadRulebook(ValueError):
    """A file of the rulebook is not as it must be; the message names the rule and the fault."""


@dataclass(frozen=True)
class Words:
    """One text in both languages."""

    th: str
    en: str

    def __str__(self) -> str:
        return self.th if (get_language() or "th").startswith("th") else self.en


@dataclass(frozen=True)
class Source:
    """Where a rule comes from."""

    url: str
    date: str
    about: Words


@dataclass(frozen=True)
class Rule:
    """One rule. ``reviewed_on`` is when we last looked at the sources, ``review_before`` when it is due again."""

    id: str
    topic: str
    level: str
    confidence: str
    title: Words
    asks: Words
    steps: tuple[Words, ...]
    authority: Words
    law: Words
    penalty: Words | None
    penalty_basis: str
    unconfirmed: tuple[Words, ...]
    sources: tuple[Source, ...]
    reviewed_on: date
    review_before: date

    @property
    def may_block(self) -> bool:
        """Nothing of low confidence blocks anybody."""
        return self.confidence != "low"

    @property
    def shown_penalty(self) -> Words | None:
        """The penalty, only where its source was read; otherwise people are sent to the authority."""
        return self.penalty if self.penalty_basis == "sourced" else None


@dataclass(frozen=True)
class Format:
    """How the number on a paper looks. ``blocks``: a wrong number is refused; otherwise it is only remarked upon."""

    kind: str
    pattern: re.Pattern[str]
    confidence: str
    example: str
    check_digit: bool

    @property
    def blocks(self) -> bool:
        return self.confidence == "high"


@dataclass(frozen=True)
class Phrases:
    """Words that must not stand in an offer, by the rule that forbids them."""

    key: str
    rule: str
    exceptions: tuple[re.Pattern[str], ...]
    patterns: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Every rule by its id, in the order of the files. Raises BadRulebook."""
    found: dict[str, Rule] = {}
    for topic in TOPICS:
        for raw in _read(f"{topic}.yaml"):
            rule = _rule(topic, raw)
            if rule.id in found:
                raise BadRulebook(f"{rule.id} stands twice")
            found[rule.id] = rule
    return found


@lru_cache(maxsize=1)
def formats() -> dict[str, Format]:
    """The formats by kind of paper."""
    return {
        kind: Format(kind, re.compile(raw["pattern"]), raw["confidence"], raw["example"], raw.get("check_digit", False))
        for kind, raw in _read("formats.yaml").items()
    }


@lru_cache(maxsize=1)
def phrases() -> tuple[Phrases, ...]:
    """The lists of forbidden words."""
    return tuple(
        Phrases(key, raw["rule"], _compiled(raw["exceptions"]), _compiled(raw["patterns"]))
        for key, raw in _read("phrases.yaml").items()
    )


def _read(name: str) -> Any:
    return yaml.safe_load((files(__name__) / name).read_text(encoding="utf-8"))


def _compiled(patterns: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _rule(topic: str, raw: dict[str, Any]) -> Rule:
    name = str(raw.get("id"))
    try:
        rule = _built(topic, raw)
    except (KeyError, TypeError, AttributeError) as problem:
        raise BadRulebook(f"{name}: {problem!r}") from problem
    unknown = set(raw) - {field.name for field in fields(Rule)}
    for fault in (*_faults(rule), *(f"unknown field {one}" for one in sorted(unknown))):
        raise BadRulebook(f"{name}: {fault}")
    return rule


def _built(topic: str, raw: dict[str, Any]) -> Rule:
    return Rule(
        id=raw["id"],
        topic=topic,
        level=raw["level"],
        confidence=raw["confidence"],
        title=_words(raw["title"]),
        asks=_words(raw["asks"]),
        steps=_several(raw["steps"]),
        authority=_words(raw["authority"]),
        law=_words(raw["law"]),
        penalty=_words(raw["penalty"]) if "penalty" in raw else None,
        penalty_basis=raw["penalty_basis"],
        unconfirmed=_several(raw.get("unconfirmed", {"th": [], "en": []})),
        sources=tuple(Source(one["url"], one["date"], _words(one)) for one in raw["sources"]),
        reviewed_on=raw["reviewed_on"],
        review_before=raw["review_before"],
    )


def _words(raw: dict[str, str]) -> Words:
    return Words(raw["th"].strip(), raw["en"].strip())


def _several(raw: dict[str, list[str]]) -> tuple[Words, ...]:
    if len(raw["th"]) != len(raw["en"]):
        raise KeyError("as many lines in Thai as in English")
    return tuple(Words(th.strip(), en.strip()) for th, en in zip(raw["th"], raw["en"], strict=True))


def _faults(rule: Rule) -> list[str]:
    """What is wrong with a rule, empty if nothing."""
    wrong = {
        "id": not RULE_ID.fullmatch(rule.id),
        "level": rule.level not in LEVELS,
        "confidence": rule.confidence not in CONFIDENCES,
        "penalty_basis": rule.penalty_basis not in PENALTY_BASES,
        "penalty without a source": rule.penalty is not None and rule.penalty_basis != "sourced",
        "steps": not rule.steps,
        "sources": not rule.sources or not all(one.url.startswith(("https://", "http://")) for one in rule.sources),
        "reviewed_on": not isinstance(rule.reviewed_on, date),
        "review_before": not isinstance(rule.review_before, date) or rule.review_before <= rule.reviewed_on,
    }
    return [name for name, bad in wrong.items() if bad]
