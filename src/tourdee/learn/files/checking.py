"""What no single file shows: counts, names used twice, forms of unequal weight, links that lead nowhere."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from django.urls import NoReverseMatch, reverse

from .shapes import Curriculum, TopicText

TOPICS = 9
CHECK_QUESTIONS = 5
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED = {"missions", "reviews", "costs", "test", "results"}  # pages of the room that stand beside the topics


def check_whole(curriculum: Curriculum, topics: list[TopicText]) -> list[str]:
    """Every fault of the whole. ``topics`` as found, with numbers that may be there twice."""
    return [*_topics(topics), *_names(curriculum, topics), *_forms(curriculum), *_missions(curriculum)]


def _topics(topics: list[TopicText]) -> Iterator[str]:
    numbers = sorted(topic.number for topic in topics)
    if numbers != list(range(1, TOPICS + 1)):
        yield f"the topics should be numbered 1 to {TOPICS}, but are {numbers}"
    for topic in topics:
        if len(topic.questions) < CHECK_QUESTIONS:
            yield f"topic {topic.number}: its check has {len(topic.questions)} questions, fewer than {CHECK_QUESTIONS}"
        if topic.slug in RESERVED:
            yield f"topic {topic.number}: {topic.slug} is the name of another page"


def _names(curriculum: Curriculum, topics: list[TopicText]) -> Iterator[str]:
    names = {
        "topic": [topic.slug for topic in topics],
        "mission": [mission.slug for mission in curriculum.missions],
        "question": [question.slug for topic in topics for question in topic.questions]
        + [question.slug for form in curriculum.forms.values() for question in form],
    }
    for kind, slugs in names.items():
        yield from (f"{kind} {slug} is there twice" for slug in _doubles(slugs))
        yield from (
            f"{kind} {slug}: a name has small letters, digits and hyphens" for slug in slugs if not SLUG.fullmatch(slug)
        )


def _doubles(slugs: Iterable[str]) -> list[str]:
    return [slug for slug, count in Counter(slugs).items() if count > 1]


def _forms(curriculum: Curriculum) -> Iterator[str]:
    """Both forms weigh each topic alike: else the gain from pre-test to post-test would measure the form."""
    weights = {name: Counter(question.topic for question in questions) for name, questions in curriculum.forms.items()}
    for topic in curriculum.topics:
        counts = {name: weight[topic.number] for name, weight in weights.items()}
        if len(set(counts.values())) > 1:
            yield f"tests.yaml: topic {topic.number} has unequal numbers of questions in the forms: {counts}"
        elif not counts["a"]:
            yield f"tests.yaml: topic {topic.number} is not asked about"
    known = {topic.number for topic in curriculum.topics}
    strange = {question.topic for questions in curriculum.forms.values() for question in questions} - known
    yield from (f"tests.yaml: there is no topic {number}" for number in sorted(strange))


def _missions(curriculum: Curriculum) -> Iterator[str]:
    served = {mission.topic for mission in curriculum.missions}
    known = {topic.number for topic in curriculum.topics}
    yield from (f"missions.yaml: topic {number} has no mission" for number in sorted(known - served))
    yield from (f"missions.yaml: there is no topic {number}" for number in sorted(served - known))
    for mission in curriculum.missions:
        if mission.link_name and not _leads_somewhere(mission.link_name):
            yield f"missions.yaml: {mission.slug}: there is no page named {mission.link_name}"


def _leads_somewhere(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True
