"""What a report is about: one cohort, or all cohorts of a programme. Only those of the officer's own offices exist."""

from dataclasses import dataclass

from tourdee.people.models import User
from tourdee.programme import queries as programme
from tourdee.programme.models import Cohort, Programme


@dataclass(frozen=True)
class Scope:
    """A programme with the cohorts that count. ``key`` stands in addresses: ``cohort:<slug>`` or ``programme:<slug>``."""

    key: str
    programme: Programme
    cohorts: tuple[Cohort, ...]
    is_programme: bool

    @property
    def name_th(self) -> str:
        return self.programme.name_th if self.is_programme else self.cohorts[0].name_th

    @property
    def name_en(self) -> str:
        """The Thai name where nobody has written an English one."""
        return (self.programme.name_en if self.is_programme else self.cohorts[0].name_en) or self.name_th

    @property
    def target(self) -> int:
        """The plan's number of trainees."""
        return sum(cohort.target for cohort in self.cohorts)


def scopes_seen_by(user: User) -> list[Scope]:
    """Everything that this officer may look at: each programme, then its cohorts, the newest first. Two queries."""
    seen = programme.cohorts_seen_by(user).exclude(status=Cohort.Status.DRAFT)
    cohorts = list(seen.select_related("programme__office").order_by("programme__name_th", "-starts_on"))
    scopes: list[Scope] = []
    for one in dict.fromkeys(cohort.programme for cohort in cohorts):
        of_it = tuple(cohort for cohort in cohorts if cohort.programme_id == one.pk)
        scopes.append(Scope(f"programme:{one.slug}", one, of_it, is_programme=True))
        scopes += [Scope(f"cohort:{cohort.slug}", one, (cohort,), is_programme=False) for cohort in of_it]
    return scopes


def scope_from(scopes: list[Scope], key: str) -> Scope | None:
    """The scope of that key. Without a key the newest cohort that is over, else the first there is."""
    if key:
        return next((scope for scope in scopes if scope.key == key), None)
    over = [scope for scope in scopes if not scope.is_programme and scope.cohorts[0].status == Cohort.Status.FINISHED]
    return max(over, key=lambda scope: scope.cohorts[0].starts_on, default=scopes[0] if scopes else None)
