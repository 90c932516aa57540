"""Django settings, all read from `fanwen.config.options`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from fanwen.config.folders import Folders
from fanwen.config.options import read
from fanwen.config.proxies import networks

PACKAGE = Path(__file__).resolve().parent.parent
FOLDERS = Folders(Path(read("FANWEN_DATA")).resolve())


def _secret_key() -> str:
    """The given key, or one made once and kept in the data folder, readable by its owner only."""
    if key := read("FANWEN_SECRET_KEY"):
        return str(key)
    try:
        return FOLDERS.secret_key.read_text(encoding="ascii")
    except FileNotFoundError:
        pass
    key = secrets.token_urlsafe(48)
    try:
        FOLDERS.root.mkdir(parents=True, exist_ok=True)
        handle = os.open(FOLDERS.secret_key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return FOLDERS.secret_key.read_text(encoding="ascii")
    except OSError:
        # A data folder that can't be written is reported by the command or page that needs it; a key for this
        # process alone lets it get that far.
        return key
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    return key


SECRET_KEY = _secret_key()
DEBUG = read("FANWEN_DEBUG")
ALLOWED_HOSTS = read("FANWEN_HOSTS")
CSRF_TRUSTED_ORIGINS = read("FANWEN_ORIGINS")
TRUSTED_PROXIES = networks(read("FANWEN_PROXIES"))

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "fanwen.library",
    "fanwen.intake.app",
    "fanwen.search.app",
    "fanwen.blanks.app",
    "fanwen.care",
    "fanwen.people",
    "fanwen.shelves",
    "fanwen.reading",
]

MIDDLEWARE = [
    "fanwen.reading.kept.KeptPages",
    "django.middleware.security.SecurityMiddleware",
    "fanwen.reading.compress.CompressPages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fanwen.reading.private.PrivateDocuments",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "fanwen.config.urls"
WSGI_APPLICATION = "fanwen.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fanwen.reading.context.site",
            ],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDERS.database,
        # Opening it and saying the lines below takes a fifth of the time of a page image.
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "timeout": 30,
            # A writer takes its lock at BEGIN, so that two of them queue up instead of one failing half-way.
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000; "
                "PRAGMA mmap_size=268435456; PRAGMA journal_size_limit=67108864;"
            ),
        },
        "TEST": {"NAME": os.environ.get("FANWEN_TEST_DATABASE")},
    }
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"},
    # Parts of pages, by what they depend on (fanwen.reading.kept.state_name): some 50 KB each.
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "parts",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 400},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/login/"
CSRF_FAILURE_VIEW = "fanwen.reading.errors.csrf_failure"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = read("FANWEN_LANGUAGE")
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "config" / "locale", FOLDERS.cache / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TZ") or "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = FOLDERS.cache / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "fanwen.reading.static_files.HashedFiles"},
}
WHITENOISE_USE_FINDERS = True

DATA_UPLOAD_MAX_NUMBER_FILES = 1000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a form has a field or two for each blank
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SITE_NAME = read("FANWEN_SITE_NAME")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
if read("FANWEN_HTTPS"):
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31536000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
