"""Tables of blanks: what was found in a document, what someone is typing, and what was made of it."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models

from fanwen.library.models import Document
from fanwen.people.owner import Owned


class Template(models.Model):
    """The blanks of a document as they were detected and corrected. All but who confirmed it can be made anew from the
    original and its `Correction`."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="template")
    engine = models.PositiveIntegerField()
    """`fanwen.blanks.app.detection.ENGINE` at the time."""
    fillable = models.BooleanField(default=False)
    cause = models.CharField(max_length=40, blank=True)
    """Why it can't be filled: a key of the messages of blanks or of intake."""
    params = models.JSONField(default=dict, blank=True)
    slots = models.PositiveIntegerField(default=0)
    """Fields that ask for a fact; words lost to a filter are not counted."""
    detected = models.JSONField(default=list)
    """As `fanwen.blanks.to_json`."""
    blanks = models.JSONField(default=list)
    """The same, corrected: what everyone but the editor sees."""
    details = models.JSONField(default=dict, blank=True)
    """By field id, what an editor said: ``required`` (bool) and ``help`` (text)."""
    passages = models.JSONField(default=list, blank=True)
    """Optional passages as `fanwen.blanks.optional.Stretch.to_dict`: ``id``, ``name``, ``paragraphs``, ``default_on``."""
    markings = models.JSONField(default=list, blank=True)
    """What the document itself marks as optional, as `fanwen.blanks.marked.Markings.to_dict`."""
    code_tags = models.JSONField(default=list, blank=True)
    """Tags of template languages that are not carried out."""
    repeats = models.JSONField(default=list, blank=True)
    """Rows that may be filled any number of times, as `fanwen.blanks.repeats.Repeat.to_dict`."""
    lost = models.PositiveIntegerField(default=0)
    """Corrections that match nothing in this version of the file."""
    choices = models.JSONField(default=dict)
    """By field id, the texts to choose from."""
    places = models.JSONField(default=dict)
    """By blank id, ``[page, start, end]``: where it stands in the text of that page; an empty cell has two numbers more,
    the place of its column's head. Missing where it was not found."""
    made_at = models.DateTimeField(auto_now=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, db_index=True)
    """Since when an editor vouches for it: a confirmed template is a 范文."""
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"template of {self.document_id}"

    @property
    def confirmed(self) -> bool:
        return self.confirmed_at is not None


class Correction(models.Model):
    """What an editor said about a document's blanks. It belongs to the document, not to one version of its file."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="correction")
    blanks = models.JSONField(default=list)
    """As `fanwen.blanks.corrections.Correction.to_dict`."""
    passages = models.JSONField(default=list)
    """As `fanwen.blanks.optional.OptionalPassage.to_dict`."""
    rules = models.JSONField(default=list)
    """Checks between fields, as they were written: texts."""
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"corrections of {self.document_id}"


class Draft(Owned):
    """What someone has typed into a template's form so far, by field id."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="drafts")
    values = models.JSONField(default=dict)
    edits = models.JSONField(default=dict)
    """By field id, ``[who, when]``: the last one to change it (a user's name, "" for a visitor) and the time in ISO form."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("document", "user", "session"), name="draft_once", nulls_distinct=False),
        )

    def __str__(self) -> str:
        return f"draft of {self.document_id}"


class Remembered(Owned):
    """A value someone gave once, offered where a field of the same name, type and unit is asked for again."""

    name = models.CharField(max_length=200)
    type = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    value = models.JSONField()

    class Meta:
        indexes = (models.Index(fields=("user", "session"), name="remembered_whose"),)

    def __str__(self) -> str:
        return self.name


def new_token() -> str:
    return secrets.token_urlsafe(18)


class Filled(Owned):
    """A finished document. Its files are made of `values` when asked for and may be deleted at any time."""

    token = models.CharField(max_length=40, unique=True, default=new_token)
    document = models.ForeignKey(Document, models.CASCADE, related_name="filled")
    values = models.JSONField(default=dict)
    made_on = models.DateField()
    """What 今天 means in it."""
    changed = models.JSONField(default=list)
    """The proof: ``{"id", "name", "before", "after"}`` for every blank that changed."""
    others = models.JSONField(default=list)
    """Other changes, which there must not be."""
    shape = models.JSONField(default=list, blank=True)
    """Rows that were added, ``{"name", "rows"}``, and passages that were left out, ``{"name", "left_out"}``."""
    left = models.JSONField(default=list)
    """Names of the fields that were left as they stand."""
    published = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return self.token


class Batch(Owned):
    """A sheet with a row per document, and how far it is. Its files lie in the folder of its token."""

    class State(models.TextChoices):
        ASKING = "asking"
        """Which column is which field."""
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    token = models.CharField(max_length=40, unique=True, default=new_token)
    document = models.ForeignKey(Document, models.CASCADE, related_name="batches")
    sheet_name = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    """In which the report is written."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKING)
    headers = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    """For each header the id of its field, or "" where the column is left out."""
    name_column = models.PositiveIntegerField(null=True)
    """The column that names the files, by its index."""
    pdf = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    """Rows that are finished, the failed ones included."""
    failed = models.PositiveIntegerField(default=0)
    cause = models.CharField(max_length=40, blank=True)
    params = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = (models.Index(fields=("state", "changed_at"), name="batch_queue"),)

    def __str__(self) -> str:
        return self.token


class DraftShare(models.Model):
    """A link with which others see a draft and type into it, until it runs out or is taken back."""

    token = models.CharField(max_length=40, unique=True, default=new_token)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="shares")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.token


class MaskedFile(Owned):
    """A file whose facts are to be taken out. It lies in the folder of its token, and all goes after some hours."""

    class State(models.TextChoices):
        ASKING = "asking"
        """What was found is shown, to be confirmed."""
        DONE = "done"

    token = models.CharField(max_length=40, unique=True, default=new_token)
    name = models.CharField(max_length=300)
    suffix = models.CharField(max_length=10)
    """Of the file that is masked, with its dot."""
    converted = models.BooleanField(default=False)
    """It was made of an older word processor's file."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKING)
    taken = models.PositiveIntegerField(default=0)
    left = models.JSONField(default=list)
    """As `fanwen.blanks.mask.types.Unjudged.to_dict`."""

    def __str__(self) -> str:
        return self.token


class Preview(models.Model):
    """A form as it stands, to be shown as pages: a row of the preview office's queue, then what it made."""

    class State(models.TextChoices):
        WAITING = "waiting"
        MAKING = "making"
        DONE = "done"
        FAILED = "failed"

    key = models.CharField(max_length=64, unique=True)
    """Made of the template, the values and the library's secret: who does not know the values can't guess it."""
    form = models.CharField(max_length=120, db_index=True)
    """Whose form of which document: of one form only what was asked last is made."""
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    values = models.JSONField(default=dict)
    made_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    cause = models.CharField(max_length=40, blank=True)
    params = models.JSONField(default=dict, blank=True)
    pages = models.JSONField(default=list)
    """Width and height of each page, in points."""
    boxes = models.JSONField(default=list)
    """``[page, x, y, width, height, field id, changed]`` for every place of a blank, in points."""
    skipped = models.JSONField(default=list)
    """Ids of the fields whose values don't fit and are not shown."""
    asked_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class Origin(models.Model):
    """A document of the library that was made by filling another one."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="origin")
    template = models.ForeignKey(Document, models.CASCADE, related_name="made")

    def __str__(self) -> str:
        return f"{self.document_id} of {self.template_id}"
