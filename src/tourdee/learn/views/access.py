"""Who is asking."""

from django.http import HttpRequest

from tourdee.people.models import User


class PersonRequest(HttpRequest):
    """A request of somebody signed in, as ``login_required`` guarantees."""

    user: User
