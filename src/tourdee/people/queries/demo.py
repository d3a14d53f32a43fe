"""The invented people of a demonstration."""

from dataclasses import dataclass

from django.db.models import Prefetch

from ..models import Membership, User

DEMO_DOMAIN = "@demo.tourdee.example"


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as: ``role`` is host, officer, instructor or learner."""

    user: User
    role: str


def demo_people() -> list[DemoPerson]:
    """The people of the demo data, known by their e-mail domain; learners first, in order of making."""
    users = User.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True).order_by("id")
    users = users.prefetch_related(Prefetch("memberships", Membership.objects.order_by("id")))
    people = [DemoPerson(user, _role(user)) for user in users]
    return sorted(people, key=lambda person: ["learner", "officer", "instructor", "host"].index(person.role))


def _role(user: User) -> str:
    if user.is_host:
        return "host"
    return next((membership.role for membership in user.memberships.all()), "learner")
