"""Small helpers of the reading templates."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from fanwen.people import names
from fanwen.reading import findings, flow

register = template.Library()
register.filter("shown_name", names.shown_name)
register.filter("name_on", names.name_on)
register.filter("name_of", names.name_of)
register.filter("masked_name", lambda user: names.masked(names.shown_name(user)))
register.simple_tag(names.usual_choice, name="usual_choice")

_UNITS = ("B", "KB", "MB", "GB", "TB")


@register.filter
def size(value: int) -> str:
    """Bytes as people write them: ``91 KB``, ``2.4 MB``."""
    amount = float(value)
    for unit in _UNITS:
        if amount < 1024 or unit == _UNITS[-1]:
            return f"{amount:.1f} {unit}" if 0 < amount < 10 and unit not in {"B", "KB"} else f"{amount:.0f} {unit}"
        amount /= 1024
    return ""


@register.filter
def day(value: datetime | date) -> str:
    """A date in the visitor's language: 2026年11月23日, 23 Nov 2026."""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return date_format(value, "Y年n月j日" if (get_language() or "").startswith("zh") else "j M Y")


@register.filter
def grouped(value: int) -> str:
    """A count as the visitor's language writes it: 12,345."""
    return number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def moment(value: datetime) -> str:
    """A date and time in the visitor's language: 2026年11月23日 14:05, 23 Nov 2026 14:05."""
    return f"{day(value)} {timezone.localtime(value):%H:%M}"


@register.filter
def paragraphs(text: str) -> SafeString:
    """A page's text as paragraphs."""
    return format_html_join("", "<p>{}</p>", ((paragraph,) for paragraph in flow.paragraphs(text)))


@register.filter
def badge(name: str) -> SafeString:
    """A format's badge."""
    return mark_safe(f'<span class="badge badge-{escape(name.lower() or "file")}">{escape(name.upper() or "?")}</span>')


@register.filter
def data_sort(sort: str) -> str:
    """What kind of personal data was found."""
    return str(findings.SORTS.get(sort, sort))


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, object], **changed: object) -> str:
    """This address's query string with some values changed; an empty value takes its name out."""
    request = context["request"]
    assert isinstance(request, HttpRequest)
    values = {name: request.GET.get(name, "") for name in request.GET}
    values.update({name: str(value) if value else "" for name, value in changed.items()})
    return "?" + urlencode({name: value for name, value in values.items() if value})
