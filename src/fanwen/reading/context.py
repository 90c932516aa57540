"""What every page's frame needs: the site's name, the languages, the theme."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from fanwen.care.reports import open_reports
from fanwen.reading.preferences import THEMES
from fanwen.reading.site import site as about_the_site
from fanwen.reading.site import site_name
from fanwen.reading.view import look

HTML_LANGUAGE = {"zh-hans": "zh-Hans", "en": "en"}


def site(request: HttpRequest) -> dict[str, Any]:
    language = get_language() or settings.LANGUAGE_CODE
    theme = request.COOKIES.get("theme", "")
    return {
        "library_name": site_name(),
        "foot": about_the_site(),
        "html_language": HTML_LANGUAGE.get(language, language),
        "other_language": next((code, name) for code, name in settings.LANGUAGES if code != language),
        "theme": theme if theme in THEMES else "",
        "pages_look": look(request),
        "open_reports": SimpleLazyObject(open_reports),
        "here": request.get_full_path(),
    }
