"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from tourdee.core.bodies import BodiesFirst
from tourdee.core.doorway import Doorway

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tourdee.config.settings")

application = BodiesFirst(Doorway(get_wsgi_application()))
