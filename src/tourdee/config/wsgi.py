"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from tourdee.core.bodies import BodiesFirst
from tourdee.core.doorway import Doorway
from tourdee.core.turns import InTurn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tourdee.config.settings")

application = BodiesFirst(InTurn(Doorway(get_wsgi_application())))
