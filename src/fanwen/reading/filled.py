"""/d/<number>/fill/<token>/: a finished document, its proof and its files, and its way into the library."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from fanwen.blanks.app import filling, finished_pdf, service
from fanwen.blanks.app.models import Filled, Origin
from fanwen.blanks.errors import BlanksError
from fanwen.intake.app.names import stem
from fanwen.intake.app.receive import UPLOAD, receive
from fanwen.intake.types import IntakeError
from fanwen.library.models import Category, Document
from fanwen.people.access import may
from fanwen.people.owner import owner_of
from fanwen.reading.causes import error_text
from fanwen.reading.files import send
from fanwen.reading.fill import not_yet
from fanwen.reading.fill_form import problem_text
from fanwen.reading.upload_fields import category_choices

_BLOCK = 1024 * 1024


@require_safe
def filled_page(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """The finished document: the proof that only blanks changed, and what can be done with it."""
    filled = _filled_or_404(request, number, token)
    context = {
        "document": _document(filled),
        "filled": filled,
        "format": Path(service.source_of(filled.document)[1]).suffix[1:].upper(),
        "may_publish": may(request.user, "upload"),
        "choices": category_choices(),
        "private": _document(filled).is_private,
    }
    response = render(request, "reading/filled.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def filled_file(request: HttpRequest, number: str, token: str, kind: str) -> HttpResponseBase:
    """The finished document itself, or its PDF, which is made when it is first asked for."""
    filled = _filled_or_404(request, number, token)
    if kind not in ("document", "pdf"):
        raise Http404
    template = service.template_of(filled.document)
    if template is None:
        return not_yet(request, filled.document)
    try:
        path = finished_pdf.pdf_of(filled, template) if kind == "pdf" else filling.file_of(filled, template)
    except finished_pdf.Busy:
        context = {"document": filled.document, "reason": "", "waiting": True}
        response = render(request, "reading/fill_none.html", context, status=503)
        response["Retry-After"] = "10"
        return response
    except (IntakeError, BlanksError) as error:
        reason = error_text(error) if isinstance(error, IntakeError) else problem_text(error)
        context = {"document": filled.document, "reason": reason, "waiting": False}
        return render(request, "reading/fill_none.html", context, status=500)
    return send(request, path, _name(filled, path.suffix))


@require_POST
@login_required
def publish(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """Make the finished document one of the library, which names the template it was made from."""
    filled = _filled_or_404(request, number, token)
    template = service.template_of(filled.document)
    if not may(request.user, "upload") or template is None:
        raise Http404
    if filled.published is not None:
        return HttpResponseRedirect(filled.published.get_absolute_url())
    document = _document(filled)
    title = request.POST.get("title", "").strip()[:300] or document.title
    path = filling.file_of(filled, template)
    with path.open("rb") as file:
        receipt = receive(
            iter(lambda: file.read(_BLOCK), b""),
            f"{title}{path.suffix}",
            uploader=request.user,
            category=_category(request, document),
            title=title,
            private=request.POST.get("who") == "me",
            hold=True,
            priority=UPLOAD,
        )
    if receipt.status == "stored":
        made = gettext("Made from the template “{title}” (number {number}).")
        described = made.format(title=document.title, number=document.number)
        Document.objects.filter(pk=receipt.document.pk).update(description=described)
        Origin.objects.get_or_create(document=receipt.document, defaults={"template": document})
        Filled.objects.filter(pk=filled.pk).update(published=receipt.document)
    return HttpResponseRedirect(receipt.document.get_absolute_url())


def _category(request: HttpRequest, document: Document) -> Category | None:
    """The one that was chosen; the template's where the form did not ask."""
    chosen = request.POST.get("category")
    if chosen is None:
        return document.category
    return Category.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 18 else None


def _name(filled: Filled, suffix: str) -> str:
    return f"{stem(filled.document.original_name)}-{filled.made_on:%Y%m%d}{suffix}"


def _document(filled: Filled) -> Document:
    """The document of the library that it was made of; since then its file may have been replaced."""
    return filled.document.version_of or filled.document


def _filled_or_404(request: HttpRequest, number: str, token: str) -> Filled:
    owner = owner_of(request)
    mine = Filled.objects.filter(owner.rows, token=token)
    filled = mine.select_related("document__version_of", "published").first()
    if filled is None or _document(filled).number != number or not may(request.user, "download", _document(filled)):
        raise Http404
    return filled
