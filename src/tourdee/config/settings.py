"""The settings of an installation. What differs from place to place comes from the environment (docs/settings.md)."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from .environment import database, flag, folder, secret_key

PACKAGE = Path(__file__).resolve().parent.parent
DATA = folder("TOURDEE_DATA", "var")

DEBUG = flag("TOURDEE_DEBUG")
DEMO = flag("TOURDEE_DEMO")  # demo people may sign in from the page, and staff without a second factor
SECRET_KEY = secret_key(DATA)
SITE_URL = os.environ.get("TOURDEE_SITE_URL", "http://localhost:8000").rstrip("/")
SECURE = SITE_URL.startswith("https://")
_host = urlsplit(SITE_URL).hostname or "localhost"
ALLOWED_HOSTS = [
    _host,
    "localhost",
    "127.0.0.1",
    "[::1]",
    *filter(None, os.environ.get("TOURDEE_HOSTS", "").split(",")),
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

CHANNELS = [  # a line each: without its line, and its folder, all else goes on working
    "tourdee.channels.line",
    "tourdee.channels.facebook",
    "tourdee.channels.feeds",
    "tourdee.channels.marketplaces",
    "tourdee.channels.octo",
]
ROOMS = [
    "tourdee.home",
    "tourdee.impact",
    *CHANNELS,
    "tourdee.inbox",
    "tourdee.shop",
    "tourdee.programme",
    "tourdee.legal",
    "tourdee.learn",
    "tourdee.people",
    "tourdee.core",
]
INSTALLED_APPS = [
    *ROOMS,  # before allauth, so that our templates win
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.line",
    "allauth.socialaccount.providers.facebook",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tourdee.core.middleware.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "tourdee.core.middleware.MostBytesMiddleware",  # in the visitor's language, before anything reads
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tourdee.people.middleware.SecondFactorMiddleware",
    "tourdee.people.middleware.WelcomeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tourdee.core.middleware.PrivatePagesMiddleware",
]
ROOT_URLCONF = "tourdee.config.urls"
WSGI_APPLICATION = "tourdee.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("tourdee.core.folding.Loader", ["django.template.loaders.app_directories.Loader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tourdee.core.context.site",
                "tourdee.people.context.navigation",
            ],
            "builtins": [
                "tourdee.core.templatetags.tourdee",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "tourdee.core.templatetags.constant",  # after those it is quicker than
            ],
        },
    }
]

# ------------------------------------------------------------------ data
DATABASES = {"default": database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 1500},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# ------------------------------------------------------------------ language and time
LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bangkok"

MESSAGE_TAGS = {20: "info", 25: "ok", 30: "warn", 40: "error"}  # the notices of the design system
FORM_RENDERER = "tourdee.core.forms.FormRenderer"

# ------------------------------------------------------------------ people
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "landing"
ACCOUNT_ADAPTER = "tourdee.people.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "tourdee.people.adapter.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # a one-time code proves the address each time: docs/decisions/0002
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # who adds a passkey or links LINE has proved it is them within ten minutes
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
MFA_ADAPTER = "tourdee.people.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "tourdee.people.forms.AddPasskeyForm",
    "edit_webauthn": "tourdee.people.forms.RenamePasskeyForm",
    "login_webauthn": "tourdee.people.forms.PasskeySignInForm",
    "authenticate_webauthn": "tourdee.people.forms.PasskeySecondStepForm",
    "reauthenticate_webauthn": "tourdee.people.forms.ProveByPasskeyForm",
    "activate_totp": "tourdee.people.forms.ActivateAppForm",
    "authenticate": "tourdee.people.forms.SecondFactorForm",
    "reauthenticate": "tourdee.people.forms.ProveBySecondFactorForm",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "TourDee"
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # a whole class signs in through one address
_services: dict[str, dict[str, object]] = {
    "line": {"SCOPE": ["profile", "openid"], "OAUTH_PKCE_ENABLED": True},
    "facebook": {"SCOPE": ["public_profile"], "FIELDS": ["id", "name"], "METHOD": "oauth2"},
}
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
for _name, _more in _services.items():
    if os.environ.get(f"TOURDEE_{_name.upper()}_LOGIN_ID"):
        SOCIALACCOUNT_PROVIDERS[_name] = {
            "APP": {
                "client_id": os.environ[f"TOURDEE_{_name.upper()}_LOGIN_ID"],
                "secret": os.environ.get(f"TOURDEE_{_name.upper()}_LOGIN_SECRET", ""),
            },
            **_more,
        }
CODES_PER_NETWORK_HOUR = int(os.environ.get("TOURDEE_CODES_PER_NETWORK_HOUR", "100"))  # a class sits behind one address
MAIL_CODES_PER_HOUR = int(os.environ.get("TOURDEE_MAIL_CODES_PER_HOUR", "2000"))
SMS_CODES_PER_HOUR = int(os.environ.get("TOURDEE_SMS_CODES_PER_HOUR", "300"))
SMS_COUNTRIES = {int(code) for code in os.environ.get("TOURDEE_SMS_COUNTRIES", "66").split(",")}
CONTROLLER = os.environ.get("TOURDEE_CONTROLLER", "")  # who is responsible for personal data (PDPA)
CONTACT = os.environ.get("TOURDEE_CONTACT", "")  # where people write to use their rights

# ------------------------------------------------------------------ messages out
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if os.environ.get("TOURDEE_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["TOURDEE_SMTP_HOST"]
    EMAIL_PORT = int(os.environ.get("TOURDEE_SMTP_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("TOURDEE_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("TOURDEE_SMTP_PASSWORD", "")
    EMAIL_USE_TLS = flag("TOURDEE_SMTP_TLS", default=True)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("TOURDEE_FROM", f"TourDee <no-reply@{_host}>")
SMS_URL = os.environ.get("TOURDEE_SMS_URL", "")
SMS_TOKEN = os.environ.get("TOURDEE_SMS_TOKEN", "")
SMS_FROM = os.environ.get("TOURDEE_SMS_FROM", "TourDee")
SMS_SENDER = os.environ.get(
    "TOURDEE_SMS_SENDER", "tourdee.people.sms.http.HttpSms" if SMS_URL else "tourdee.people.sms.console.ConsoleSms"
)

# ------------------------------------------------------------------ channels
# live (the services are reached over the network), console (twins that play them) or off. Nothing is played by accident.
CHANNEL_SERVICES = os.environ.get("TOURDEE_CHANNEL_SERVICES", "console" if DEMO else "off")
FACEBOOK_API = os.environ.get("TOURDEE_FACEBOOK_API", "https://graph.facebook.com").rstrip("/")
MESSAGES_KEPT_DAYS = int(os.environ.get("TOURDEE_MESSAGES_KEPT_DAYS", "730"))  # of silence, then a talk is forgotten
# What guests answer (food, allergies, numbers of cards) is there to feed and insure them. An accident is reported to the insurer within
# days and settled within weeks; after that the answers are a risk and no help (PDPA section 37(3): erased when no longer needed).
GUEST_ANSWERS_KEPT_DAYS = int(os.environ.get("TOURDEE_GUEST_ANSWERS_KEPT_DAYS", "30"))  # after the last start
OCTO_REQUESTS_PER_MINUTE = int(
    os.environ.get("TOURDEE_OCTO_REQUESTS_PER_MINUTE", "1200")
)  # of one key, per web process

# ------------------------------------------------------------------ money
# live, console (twins that play the services; no money moves) or off. Outside the demo nothing is played by accident.
MONEY_SERVICES = os.environ.get("TOURDEE_MONEY_SERVICES", "console" if DEMO else "off")
MONEY_SERVICE_ADDRESSES = {
    name: os.environ.get(f"TOURDEE_{name.upper()}_API", address).rstrip("/")
    for name, address in {
        "opn": "https://api.omise.co",
        "stripe": "https://api.stripe.com",
        "slipok": "https://api.slipok.com",
        "easyslip": "https://developer.easyslip.com",
        "slip2go": "https://connect.slip2go.com",
    }.items()
}

# ------------------------------------------------------------------ files and pages
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tourdee.core.staticfiles.NamedByContent"},
}
MEDIA_ROOT = DATA / "media"  # public pictures, re-encoded by us
MEDIA_URL = "/media/"
PRIVATE_ROOT = DATA / "private"  # slips, papers and evidence: served by views that ask who you are
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20

_LOGIN_SITES = {"line": "https://access.line.me", "facebook": "https://www.facebook.com"}
_OWN_THINGS = [f"{_kind}-src 'self'" for _kind in ("default", "script", "style", "font", "connect")]
_LOGINS = [_site for _name, _site in _LOGIN_SITES.items() if _name in SOCIALACCOUNT_PROVIDERS]
CONTENT_SECURITY_POLICY = "; ".join([
    *_OWN_THINGS, "img-src 'self' data: blob:", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
    # Browsers ask this of redirects after a form too: the buttons of LINE and Facebook Login lead there.
    " ".join(["form-action 'self'", *_LOGINS]),
])  # fmt: skip
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SECURE_SSL_REDIRECT = flag("TOURDEE_SSL_REDIRECT", default=False)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
TRUST_PROXY = flag("TOURDEE_TRUST_PROXY")
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the last X-Forwarded-For is the proxy's own word
CSRF_FAILURE_VIEW = "tourdee.core.views.csrf_failure"

# ------------------------------------------------------------------ logs
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secret links": {"()": "tourdee.core.logs.SecretLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secret links"]}},
    "root": {"handlers": ["console"], "level": "INFO"},  # a handler's filter sees what any logger below hands up
    "loggers": {
        "pyvips": {"level": "WARNING"},  # it tells of every thread
        "django.server": {"level": "INFO", "propagate": True},
    },
}
if os.environ.get("TOURDEE_SENTRY_DSN"):
    import sentry_sdk

    sentry_sdk.init(dsn=os.environ["TOURDEE_SENTRY_DSN"], send_default_pii=False)
