"""Settings of the test suite: the real ones, with everything that leaves the process kept in memory."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

if (
    "TOURDEE_DATA" not in os.environ
):  # whoever makes the folder takes it away; processes that are started later share it
    os.environ["TOURDEE_DATA"] = tempfile.mkdtemp(prefix="tourdee-tests-")
    atexit.register(shutil.rmtree, os.environ["TOURDEE_DATA"], ignore_errors=True)
os.environ.setdefault("TOURDEE_SECRET_KEY", "tests-only-not-a-secret-of-any-installation")

from .settings import *  # noqa: F403  (all of them, and some said anew below)
from .settings import DATA, DATABASES

if "sqlite" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA) / "test.sqlite3")}
    # A test's database need not survive a power cut; a killed process loses nothing that was handed to the kernel.
    options: Any = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "tests"},
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"},
}
SITE_URL = "http://testserver"
ALLOWED_HOSTS = ["*"]
