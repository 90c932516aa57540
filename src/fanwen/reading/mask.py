"""/mask/: a finished document becomes a template, after its owner has seen what will be taken out; /unmask/: and back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanwen.blanks.app import masks
from fanwen.blanks.app.models import MaskedFile
from fanwen.blanks.errors import BlanksError
from fanwen.blanks.mask import unmask
from fanwen.blanks.mask.lexicon import Lexicon
from fanwen.blanks.mask.types import SORTS, Sort
from fanwen.intake.app.names import stem
from fanwen.intake.app.receive import UPLOAD, receive
from fanwen.intake.types import IntakeError
from fanwen.people.access import may
from fanwen.people.owner import owner_of
from fanwen.reading.causes import error_text
from fanwen.reading.fill_form import problem_text
from fanwen.reading.found import document_or_404
from fanwen.reading.mask_words import REASONS, SORT_NAMES

SHORTEST = 8
"""Characters of a passphrase."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mask_page(request: HttpRequest) -> HttpResponse:
    """Send a file in, or take one of the library that one may edit (``?number=``)."""
    number = request.POST.get("number") or request.GET.get("number") or ""
    document = document_or_404(request, number, "edit") if number else None
    if request.method != "POST":
        return _start(request, document=document)
    if int(request.META.get("CONTENT_LENGTH") or 0) > masks.LARGEST:
        said = gettext("The file is larger than {most} MB.").format(most=masks.LARGEST // 2**20)
        return _start(request, said, status=413)
    file = request.FILES.get("file")
    if document is None and file is None:
        return _start(request, gettext("Please choose a file."), status=422)
    try:
        owner = owner_of(request)
        if document is not None:
            masked = masks.take_from(owner, document)
        else:
            masked = masks.take_in(owner, file.name or "", file.chunks())  # type: ignore[union-attr]
    except BlanksError as error:
        return _start(request, problem_text(error), document=document, status=422)
    except IntakeError as error:
        return _start(request, error_text(error), document=document, status=422)
    return HttpResponseRedirect(reverse("reading:masked", args=(masked.token,)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def masked_page(request: HttpRequest, token: str) -> HttpResponse:
    """What was found, to be confirmed; afterwards the template and its key."""
    masked = _masked_or_404(request, token)
    if masked.state == MaskedFile.State.DONE:
        left = [(REASONS.get(one["reason"], one["reason"]), one["text"] or one["place"]) for one in masked.left]
        context = {"masked": masked, "left": list(dict.fromkeys(left)), "title": stem(masked.name)}
        return _render(request, "reading/masked.html", context)
    if request.method != "POST":
        return _findings(request, masked)
    passphrase = request.POST.get("passphrase", "")
    if len(passphrase) < SHORTEST:
        said = gettext("Please choose a passphrase of at least {least} characters.").format(least=SHORTEST)
        return _findings(request, masked, said)
    if passphrase != request.POST.get("again", ""):
        return _findings(request, masked, gettext("The two passphrases differ."))
    try:
        more = Lexicon.parse(request.POST.get("more", ""))
        chosen, left_out = _chosen(request.POST)
        masks.finish(masked, chosen, left_out, more, passphrase, clear="clear" in request.POST)
    except BlanksError as error:
        return _findings(request, masked, problem_text(error))
    return HttpResponseRedirect(request.path)


@login_required
@require_safe
def masked_file(request: HttpRequest, token: str, kind: str) -> HttpResponseBase:
    """The template, or its key."""
    masked = _masked_or_404(request, token)
    paths = {"template": masks.template_of(masked), "key": masks.key_of(masked)}
    if masked.state != MaskedFile.State.DONE or kind not in paths or not paths[kind].is_file():
        raise Http404
    suffix = masked.suffix if kind == "template" else ".key"
    name = f"{stem(masked.name)}-{gettext('masked')}{suffix}"
    response = FileResponse(paths[kind].open("rb"), as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def publish_masked(request: HttpRequest, token: str) -> HttpResponse:
    """Make the template a document of the library. The key is not kept."""
    masked = _masked_or_404(request, token)
    if not may(request.user, "upload") or masked.state != MaskedFile.State.DONE:
        raise Http404
    title = " ".join(request.POST.get("title", "").split())[:300] or stem(masked.name)
    with masks.template_of(masked).open("rb") as file:
        chunks = iter(lambda: file.read(2**20), b"")
        receipt = receive(chunks, f"{title}{masked.suffix}", uploader=request.user, title=title, priority=UPLOAD)
    return HttpResponseRedirect(receipt.document.get_absolute_url())


@login_required
@require_POST
def discard_masked(request: HttpRequest, token: str) -> HttpResponse:
    masks.discard(_masked_or_404(request, token))
    return HttpResponseRedirect(reverse("reading:mask"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unmask_page(request: HttpRequest) -> HttpResponseBase:
    """A masked file and its key give the original back, which is sent and not kept."""
    if request.method != "POST":
        return _render(request, "reading/unmask.html", {})
    if int(request.META.get("CONTENT_LENGTH") or 0) > 2 * masks.LARGEST:
        said = gettext("The file is larger than {most} MB.").format(most=masks.LARGEST // 2**20)
        return _render(request, "reading/unmask.html", {"problem": said}, status=413)
    file, key = request.FILES.get("file"), request.FILES.get("key")
    if file is None or key is None:
        return _render(request, "reading/unmask.html", {"problem": gettext("Please choose both files.")}, status=422)
    settings.FOLDERS.run.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.FOLDERS.run, prefix="unmask-") as name:
        folder = Path(name)
        given, its_key, out = folder / "masked", folder / "key", folder / "original"
        for target, sent in ((given, file), (its_key, key)):
            with target.open("wb") as held:
                for chunk in sent.chunks():
                    held.write(chunk)
        try:
            unmask(given, its_key, out, request.POST.get("passphrase") or None)
        except BlanksError as error:
            return _render(request, "reading/unmask.html", {"problem": problem_text(error)}, status=422)
        except IntakeError as error:
            return _render(request, "reading/unmask.html", {"problem": error_text(error)}, status=422)
        # the open file outlives its folder
        response = FileResponse(out.open("rb"), as_attachment=True, filename=file.name or "original")
    response["Cache-Control"] = "no-store"
    return response


def _findings(request: HttpRequest, masked: MaskedFile, problem: str = "") -> HttpResponse:
    try:
        masking = masks.opened(masked)
    except (BlanksError, IntakeError) as error:  # its file was cleared away
        raise Http404 from error
    posted = request.POST if request.method == "POST" else None
    rows = []
    for number, fact in enumerate(masks.facts(masking)):
        ticked = fact.sure if posted is None else f"t-{number}" in posted
        sort = fact.sort if posted is None else posted.get(f"s-{number}", fact.sort)
        rows.append({"number": number, "fact": fact, "ticked": ticked, "sort": sort})
    others = [one for one in masking.listed().unjudged if one.reason != "doubtful"]
    context = {
        "masked": masked,
        "rows": rows,
        "sorts": SORT_NAMES,
        "left": list(dict.fromkeys((REASONS.get(one.reason, one.reason), one.text or one.place) for one in others)),
        "more": "" if posted is None else posted.get("more", ""),
        "clear": posted is None or "clear" in posted,
        "least": SHORTEST,
        "problem": problem,
    }
    return _render(request, "reading/mask_findings.html", context, status=422 if problem else 200)


def _chosen(posted: QueryDict) -> tuple[dict[str, Sort], list[str]]:
    """The texts that were ticked with their kinds where one was changed or only doubtful, and those that were not."""
    chosen: dict[str, Sort] = {}
    left: list[str] = []
    for name in posted:
        if not name.startswith("x-"):
            continue
        number, text = name[2:], posted[name]
        if f"t-{number}" not in posted:
            left.append(text)
            continue
        sort = posted.get(f"s-{number}", "")
        if sort in SORTS and (sort != posted.get(f"was-{number}") or f"doubt-{number}" in posted):
            chosen[text] = cast("Sort", sort)
    # a text may be a fact in one place and doubtful in another: what was ticked counts
    return chosen, [text for text in left if text not in chosen]


def _start(request: HttpRequest, problem: str = "", *, document: Any = None, status: int = 200) -> HttpResponse:
    mine = MaskedFile.objects.filter(owner_of(request).rows).order_by("-changed_at")[:10]
    context = {
        "problem": problem,
        "document": document,
        "earlier": mine,
        "hours": int(masks.KEPT.total_seconds() // 3600),
    }
    return _render(request, "reading/mask.html", context, status=status)


def _render(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    response = render(request, name, context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _masked_or_404(request: HttpRequest, token: str) -> MaskedFile:
    masked = MaskedFile.objects.filter(owner_of(request).rows, token=token).first()
    if masked is None:
        raise Http404
    return masked
