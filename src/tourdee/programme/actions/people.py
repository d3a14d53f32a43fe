"""Accounts of people whom the office enters itself."""

from django.db import IntegrityError, transaction

from tourdee.people.models import User


def person_reached_at(*, phone: str, name: str) -> User:
    """The account with this phone number (E.164), made if there is none. They sign in by a code sent to that number."""
    found = User.objects.filter(phone=phone).first()
    if found:
        return found
    try:
        with transaction.atomic():
            return User.objects.create_user(phone=phone, name=name)
    except IntegrityError:  # made by somebody else at the same moment
        return User.objects.get(phone=phone)
