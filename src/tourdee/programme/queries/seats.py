"""Questions about seats and the waiting list."""

from django.db.models import QuerySet

from tourdee.people.models import User

from ..models import Application, Cohort, Enrolment


def seat_list(cohort: Cohort) -> list[Enrolment]:
    """Who has a seat, by seat number."""
    return list(cohort.enrolments.filter(is_active=True).select_related("application", "user"))


def enrolments_of(user: User) -> list[Enrolment]:
    """The seats this person holds, the newest cohort first."""
    held = Enrolment.objects.filter(user=user, is_active=True).select_related(
        "cohort__programme__office", "application"
    )
    return list(held.order_by("-cohort__starts_on"))


def waiting_list(cohort: Cohort) -> QuerySet[Application]:
    """Who waits, the next to get a freed seat first."""
    return Application.objects.filter(cohort=cohort, status=Application.Status.WAITING).order_by("waiting_number")


def waiting_place(application: Application) -> int | None:
    """The person's place in the list, 1 for the next; None if they do not wait."""
    if application.status != Application.Status.WAITING:
        return None
    return waiting_list(application.cohort).filter(waiting_number__lte=application.waiting_number).count()


def lowest_free_seat(cohort: Cohort) -> int:
    """The lowest seat number that nobody holds. Right only while the cohort's row is held."""
    taken = set(cohort.enrolments.filter(is_active=True).values_list("seat_number", flat=True))
    return next(number for number in range(1, len(taken) + 2) if number not in taken)
