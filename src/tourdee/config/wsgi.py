"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from tourdee.core.bodies import BodiesFirst
from tourdee.core.doorway import Doorway
from tourdee.core.turns import InTurn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tourdee.config.settings")

application = BodiesFirst(InTurn(Doorway(get_wsgi_application())))

# What is loaded stays as long as the process. The collector looked at all of it again and again, 0.1 s each time.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
