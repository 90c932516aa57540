"""What masking finds and leaves, in the words of the interface."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

SORT_NAMES = {
    "date": gettext_lazy("Date or time"),
    "number": gettext_lazy("A number"),
    "money": gettext_lazy("Amount of money"),
    "percent": gettext_lazy("Percentage"),
    "ordinal": gettext_lazy("Ordinal number"),
    "person": gettext_lazy("A person"),
    "organization": gettext_lazy("Organisation"),
    "place": gettext_lazy("A place"),
    "phone": gettext_lazy("Telephone number"),
    "id": gettext_lazy("Code or certificate number"),
    "email": gettext_lazy("E-mail address"),
    "text": gettext_lazy("Other words"),
}

REASONS = {
    "doubtful": gettext_lazy("may be a fact"),
    "computed": gettext_lazy("computed by a field or formula"),
    "bound": gettext_lazy("bound to data of the file"),
    "hidden": gettext_lazy("hidden"),
    "comment": gettext_lazy("in comments"),
    "part": gettext_lazy("a part that is not looked into"),
    "picture": gettext_lazy("a picture"),
    "embedded": gettext_lazy("an embedded file"),
    "metadata": gettext_lazy("authors and history"),
    "attribute": gettext_lazy("a name, link or alternative text"),
    "repeated": gettext_lazy("still stands elsewhere in the file"),
    "overlap": gettext_lazy("can’t be edited safely"),
    "page_break": gettext_lazy("can’t be edited safely"),
    "gone": gettext_lazy("can’t be edited safely"),
}
"""By the reason of what could not be judged."""
