"""Content controls and legacy form fields: what kind they are and what they offer."""

from __future__ import annotations

from typing import Any

from fanwen.blanks.markup.nodes import Node

_KINDS = {
    "w14:checkbox": "checkbox",
    "w:date": "date",
    "w:dropDownList": "dropdown",
    "w:comboBox": "combo",
    "w:picture": "picture",
    "w:docPartObj": "gallery",
}


def control_kind(control: Node) -> str:
    """text, date, dropdown, combo, checkbox, picture or gallery."""
    properties = control.child("w:sdtPr")
    for child in properties.children if properties else ():
        if child.tag in _KINDS:
            return _KINDS[child.tag]
    return "text"


def control_data(control: Node) -> dict[str, Any]:
    """The data of a ``control`` mark: tag, alias, kind, placeholder, choices, checked, date_format;
    `id` tells controls apart."""
    properties = control.child("w:sdtPr")
    children = properties.children if properties else []
    by_tag = {child.tag: child for child in children}
    kind = control_kind(control)
    data: dict[str, Any] = {
        "id": control.start,
        "tag": by_tag["w:tag"].attribute("val") if "w:tag" in by_tag else "",
        "alias": by_tag["w:alias"].attribute("val") if "w:alias" in by_tag else "",
        "kind": "dropdown" if kind == "combo" else kind,
        "placeholder": is_on(by_tag.get("w:showingPlcHdr")),
        "bound": "w:dataBinding" in by_tag,
    }
    if kind in ("dropdown", "combo"):
        data["choices"] = choices(control)
        data["free"] = kind == "combo"
    if kind == "date":
        picture = by_tag["w:date"].child("w:dateFormat")
        data["date_format"] = picture.attribute("val") if picture else ""
    if kind == "checkbox":
        checked = by_tag["w14:checkbox"].child("w14:checked")
        data["checked"] = is_on(checked)
    return data


def choices(control: Node) -> list[str]:
    """What a drop-down control offers, as displayed; the entry without a value only prompts."""
    found = []
    for node in control.descendants():
        if node.tag == "w:listItem" and node.attribute("value"):
            found.append(node.attribute("displayText") or node.attribute("value"))
    return found


def is_on(node: Node | None) -> bool:
    """A toggle element: there, and not switched off by its value."""
    return node is not None and node.attribute("val", "1").lower() not in ("0", "false", "off")


def form_data(instruction: str, begin: Node) -> dict[str, Any]:
    """The data of a ``form_field`` mark: name, kind (text, checkbox or dropdown), choices, checked."""
    kinds = {"FORMTEXT": "text", "FORMCHECKBOX": "checkbox", "FORMDROPDOWN": "dropdown"}
    words = instruction.split()
    form = begin.child("w:ffData")
    name = form.child("w:name") if form else None
    data: dict[str, Any] = {"name": name.attribute("val") if name else "", "kind": kinds[words[0].upper()]}
    listing = form.child("w:ddList") if form else None
    if listing is not None:
        data["choices"] = [entry.attribute("val") for entry in listing.all("w:listEntry")]
    box = form.child("w:checkBox") if form else None
    if box is not None:
        data["checked"] = box_checked(box)
    return data


def box_checked(box: Node) -> bool:
    """Whether a legacy check box (w:checkBox) is ticked: by hand, else by default."""
    return is_on(box.child("w:checked") or box.child("w:default"))
