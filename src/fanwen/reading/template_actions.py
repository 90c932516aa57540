"""What the buttons of a template's editing page do. Each gives the id of the field to show next, or ""."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from fanwen.blanks.anchors import paragraph_anchor
from fanwen.blanks.app import correcting
from fanwen.blanks.app.models import Template
from fanwen.blanks.editing import Editor
from fanwen.blanks.optional import OptionalPassage
from fanwen.reading.paging import whole_number
from fanwen.reading.template_fields import ROLES, TYPES, around, rule_problem

LONGEST_NAME, LONGEST_UNIT, LONGEST_HELP = 80, 12, 300
MOST_CHOICES = 60
MOST_RULES = 100


class Refused(Exception):
    """Something that can't be done, said in the editor's language."""


def _describe(template: Template, editor: Editor, user: Any, posted: QueryDict) -> str:
    """Name, type, unit, role, choices, help and whether it is required: what differs from how it is."""
    id_ = posted["field"]
    field = editor.field(id_)
    details = template.details.get(id_, {})
    name = " ".join(posted.get("name", "").split())[:LONGEST_NAME]
    if not name:
        raise Refused(gettext("A field needs a name."))
    now: dict[str, Any] = {
        "name": field.name,
        "type": field.type or "text",
        "unit": field.unit or "",
        "role": field.role,
        "help": details.get("help", ""),
        "required": details.get("required", True),
        "choices": template.choices.get(id_, []),
    }
    said: dict[str, Any] = {
        "name": name,
        "type": posted.get("type") if posted.get("type") in TYPES else now["type"],
        "unit": posted.get("unit", now["unit"]).strip()[:LONGEST_UNIT],
        "role": posted.get("role") if posted.get("role") in ROLES else now["role"],
        "help": " ".join(posted.get("help", "").split())[:LONGEST_HELP],
        "required": "required" in posted,
        "choices": _choices(posted["choices"]) if "choices" in posted else now["choices"],
    }
    if said["type"] == "choice" and not said["choices"]:
        raise Refused(gettext("Please write down the choices, one a line."))
    changed = {key: value for key, value in said.items() if value != now[key]}
    if said["role"] == "elision":
        changed = {key: value for key, value in changed.items() if key in ("role", "name", "help")}
    if changed:
        correcting.save(template, editor, user, blanks=editor.describe(id_, changed))
    return id_


def _choices(typed: str) -> list[str]:
    lines = (" ".join(line.split())[:LONGEST_NAME] for line in typed.splitlines())
    return list(dict.fromkeys(line for line in lines if line))[:MOST_CHOICES]


def _drop(template: Template, editor: Editor, user: Any, posted: QueryDict) -> str:
    correcting.save(template, editor, user, blanks=editor.drop(posted["field"]))
    return ""


def _split(template: Template, editor: Editor, user: Any, posted: QueryDict) -> str:
    correcting.save(template, editor, user, blanks=editor.split(posted["field"]))
    return posted["field"]


def _merge(template: Template, editor: Editor, user: Any, posted: QueryDict) -> str:
    into = posted.get("into", "")
    if not into:
        raise Refused(gettext("Please choose the other field."))
    correcting.save(template, editor, user, blanks=editor.merge(posted["field"], into))
    return into


def _join(template: Template, editor: Editor, user: Any, posted: QueryDict) -> str:
    into = posted.get("into", "")
    if not into:
        raise Refused(gettext("Please choose the other field."))
    try:
        joined = editor.join(posted["field"], into)
    except ValueError as error:
        raise Refused(
            gettext("Only single places of the same type can be parts of one field, such as year and month of a date.")
        ) from error
    correcting.save(template, editor, user, blanks=joined)
    return ""


def _undo(template: Template, editor: Editor, user: Any, posted: QueryDict) -> str:
    correcting.save(template, editor, user, blanks=editor.undo(posted["field"]))
    return posted["field"]


def _restore(template: Template, editor: Editor, user: Any, posted: QueryDict) -> str:
    at = whole_number(posted.get("at"))
    if at < len(editor.corrections) and around(editor.corrections[at]) == posted.get("was"):  # else: taken back already
        correcting.save(template, editor, user, blanks=editor.restore(at))
    return ""


def _add(template: Template, editor: Editor, user: Any, posted: QueryDict) -> str:
    start, end = whole_number(posted.get("start")), whole_number(posted.get("end"))
    added = editor.add(posted["passage"], start, end)
    correcting.save(template, editor, user, blanks=added)
    return added[-1].add


def _passage(template: Template, editor: Editor, user: Any, posted: QueryDict) -> str:
    """Mark paragraphs as an optional passage."""
    ids = [passage.id for passage in editor.story.passages]
    first, last = ids.index(posted["first"]), ids.index(posted["last"])
    if last < first:
        raise Refused(gettext("The last paragraph stands before the first one."))
    name = " ".join(posted.get("name", "").split())[:LONGEST_NAME]
    if not name:
        raise Refused(gettext("Please give the passage a name."))
    known = correcting.optional_of(template)
    number = 1 + max((int(one.id[1:]) for one in known), default=0)
    ends = [paragraph_anchor(editor.story.passages[at], editor.story.passages) for at in (first, last)]
    one = OptionalPassage(f"p{number}", name, ends[0], ends[1], "default_on" in posted)
    correcting.save(template, editor, user, passages=[*known, one])
    return ""


def _drop_passage(template: Template, editor: Editor, user: Any, posted: QueryDict) -> str:
    kept = [one for one in correcting.optional_of(template) if one.id != posted["passage"]]
    correcting.save(template, editor, user, passages=kept)
    return ""


def _confirm(template: Template, editor: Editor, user: Any, posted: QueryDict) -> str:
    correcting.confirm(template, user)
    return ""


def _withdraw(template: Template, editor: Editor, user: Any, posted: QueryDict) -> str:
    correcting.confirm(template, user, confirmed=False)
    return ""


def _rules(template: Template, editor: Editor, user: Any, posted: QueryDict) -> str:
    """Keep the checks as they were typed, when every one of them can be understood."""
    typed = [" ".join(line.split()) for line in posted.get("rules", "").splitlines()]
    _keep_rules(template, editor, user, [line for line in typed if line])
    return ""


def _take_rule(template: Template, editor: Editor, user: Any, posted: QueryDict) -> str:
    _keep_rules(template, editor, user, [*correcting.rules_of(template), posted["rule"]])
    return ""


def _keep_rules(template: Template, editor: Editor, user: Any, rules: list[str]) -> None:
    if len(rules) > MOST_RULES:
        raise Refused(gettext("At most {most} checks can be kept.").format(most=MOST_RULES))
    if wrong := [text for rule in rules if (text := rule_problem(rule, editor))]:
        raise Refused(" ".join(wrong))
    correcting.save(template, editor, user, rules=list(dict.fromkeys(rules)))


ACTIONS: Mapping[str, Callable[[Template, Editor, Any, QueryDict], str]] = {
    "describe": _describe,
    "drop": _drop,
    "split": _split,
    "merge": _merge,
    "join": _join,
    "undo": _undo,
    "restore": _restore,
    "add": _add,
    "passage": _passage,
    "drop_passage": _drop_passage,
    "rules": _rules,
    "take_rule": _take_rule,
    "confirm": _confirm,
    "withdraw": _withdraw,
}
