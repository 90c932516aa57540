"""After the upload: what was held is published or removed, and what is proposed is accepted or corrected, by whoever uploaded
it. Nothing that is proposed is set before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from fanwen.intake.app import examine
from fanwen.intake.app.proposals import Proposal, proposals
from fanwen.library import catalogue
from fanwen.library.actions.delete_document import delete_document
from fanwen.library.actions.edit_document import edit_document
from fanwen.library.actions.set_visibility import set_visibility
from fanwen.library.models import Category, Document
from fanwen.reading.findings import Findings, findings_of
from fanwen.reading.found import document_or_404
from fanwen.reading.paging import whole_number
from fanwen.reading.upload_fields import category_choices, tags_of
from fanwen.reading.upload_rows import Row, html_of

AT_ONCE = 30
"""Documents on one review page."""


@dataclass(frozen=True)
class Entry:
    """One document with what may be said about it; the form's fields hold proposals where nothing is set."""

    document: Document
    findings: Findings
    proposal: Proposal = field(default_factory=Proposal)

    @property
    def category(self) -> int | None:
        return self.proposal.category.pk if self.proposal.category else self.document.category_id

    @property
    def tags(self) -> str:
        return "、".join(self.proposal.tags or [tag.name for tag in self.document.tags.all()])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """One's own documents that lack a category or are held, newest first. Sent back, all of the page are saved as they
    stand in it, or only the one whose button was pressed."""
    if request.method == "POST":
        return _save_all(request)
    documents = list(_to_review(request)[:AT_ONCE])
    context = {
        "entries": _entries(request, documents),
        "choices": category_choices(),
        "count": _to_review(request).count(),
    }
    return render(request, "reading/review.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Title, description, category and tags of one document, who may read it, and how its uploader is named."""
    document = document_or_404(request, number, "edit")
    fixed = bool(document.withdrawn) and not request.user.is_staff
    if request.method == "POST":
        description = request.POST.get("description", "").replace("\0", "").strip()[:5000]
        shown_as = request.POST.get("shown_as", "")
        known = shown_as if shown_as in Document.ShownAs.values else None
        _save(request, document, "", description=description, shown_as=known)
        visibility = request.POST.get("visibility", "")
        if visibility in {"public", "private"} and visibility != document.visibility and not fixed:
            set_visibility(document, visibility, by=request.user)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(document.get_absolute_url())
    (entry,) = _entries(request, [document])
    context = {"entry": entry, "document": document, "choices": category_choices(), "visibility_fixed": fixed}
    return render(request, "reading/edit.html", context)


@login_required
@require_POST
def accept(request: HttpRequest, number: str) -> HttpResponse:
    """Take what was proposed, as it was shown."""
    document = document_or_404(request, number, "edit")
    _save(request, document, "")
    if request.headers.get("HX-Request"):
        return HttpResponse(html_of(request, [Row(document.original_name, "stored", document)]))
    return redirect("reading:review")


@login_required
@require_POST
def publish(request: HttpRequest, number: str) -> HttpResponse:
    """The uploader has looked at what was found."""
    document = document_or_404(request, number, "edit")
    if document.is_held:
        examine.confirm(document)
    if request.headers.get("HX-Request"):
        return HttpResponse(html_of(request, [Row(document.original_name, "stored", document)]))
    messages.success(request, _("“%(title)s” is published.") % {"title": document.title})
    return _on(request, document.get_absolute_url())


@login_required
@require_POST
def remove(request: HttpRequest, number: str) -> HttpResponse:
    """A document is taken out for good, with its file."""
    document = document_or_404(request, number, "delete")
    delete_document(document)
    if request.headers.get("HX-Request"):
        return HttpResponse("")
    messages.success(request, _("“%(title)s” was removed.") % {"title": document.title})
    return _on(request, "/mine/")


def _on(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Back to the page of many, where that was it."""
    return redirect("reading:review") if request.POST.get("to") == "review" else HttpResponseRedirect(otherwise)


def _to_review(request: HttpRequest) -> Any:
    wanting = Q(category=None) | Q(visibility=Document.Visibility.HELD)
    return (
        catalogue.uploaded_by(request.user)
        .filter(wanting)
        .exclude(status=Document.Status.WORKING)
        .prefetch_related("tags")
    )


def _entries(request: HttpRequest, documents: list[Document]) -> list[Entry]:
    found, proposed = findings_of(documents, request.user), proposals(documents)
    return [Entry(document, found[document.pk], proposed.get(document.pk, Proposal())) for document in documents]


def _save_all(request: HttpRequest) -> HttpResponse:
    only = request.POST.get("only")
    numbers = [only] if only else request.POST.getlist("number")[:AT_ONCE]
    saved = 0
    for document in catalogue.uploaded_by(request.user).filter(number__in=numbers):
        _save(request, document, f"{document.number}-")
        saved += 1
    messages.success(
        request, ngettext("%(count)d document saved.", "%(count)d documents saved.", saved) % {"count": saved}
    )
    return redirect("reading:review")


def _save(
    request: HttpRequest,
    document: Document,
    prefix: str,
    *,
    description: str | None = None,
    shown_as: str | None = None,
) -> None:
    """What the fields named `prefix` + title, category and tags say; a field that was not sent leaves things as they are."""
    said = request.POST
    category, tags = document.category, [tag.name for tag in document.tags.all()]
    if f"{prefix}category" in said:
        category = Category.objects.filter(pk=whole_number(said[f"{prefix}category"], most=2**62)).first()
    if f"{prefix}tags" in said:
        tags = tags_of(said[f"{prefix}tags"].replace("\0", ""))
    title = " ".join(said.get(f"{prefix}title", "").replace("\0", "").split())
    edit_document(document, title=title, category=category, tags=tags, description=description, shown_as=shown_as)
