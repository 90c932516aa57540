"""What can go wrong in filling, masking and comparing: one error type, its messages by code."""

from __future__ import annotations

from typing import Any


def gettext_noop(message: str) -> str:
    """Mark `message` for translation without needing a web framework."""
    return message


MESSAGES: dict[str, str] = {
    # what the file is
    "not_fillable": gettext_noop("This file can't be filled: {reason}"),
    "pdf_fixed": gettext_noop(
        "A PDF is laid out for good, so text can't be put into it without moving everything else. "
        "Please fill the document it was made from."
    ),
    "text_plain": gettext_noop(
        "A plain text file has no formatting to keep, so it is not filled. Please save it as DOCX first."
    ),
    "not_office": gettext_noop("Only office documents can be filled; this is {format}."),
    "not_maskable": gettext_noop(
        "Only text documents, spreadsheets and presentations can be masked; this is {format}."
    ),
    # what the values are
    "unknown_field": gettext_noop("There is no blank or field called {names}."),
    "ambiguous_field": gettext_noop("Several different blanks are called {name}; please use their ids: {ids}."),
    "twice": gettext_noop("The blank {blank} was given two values, under {first} and under {second}."),
    "bad_number": gettext_noop("{name}: “{value}” is not a number."),
    "bad_date": gettext_noop("{name}: “{value}” is not a date. Use for example 2026-11-23 or 2026年11月23日."),
    "missing_part": gettext_noop("{name}: the document asks for the {part}, which “{value}” does not say."),
    "other_century": gettext_noop("{name}: the document already says {prefix}, so the year can't be {value}."),
    "bad_choice": gettext_noop("{name}: “{value}” is none of the choices: {choices}."),
    "bad_tick": gettext_noop("{name}: “{value}” does not say whether the box is ticked. Use true or false."),
    "bad_value": gettext_noop("{name}: a value must be text, a number, a date, true or false, or a list of choices."),
    "bad_character": gettext_noop(
        "{name}: the value contains a control character (U+{character}) that can't be stored."
    ),
    "bad_money": gettext_noop("{name}: “{value}” can't be written as an amount in words (at most two decimals)."),
    "said_twice": gettext_noop(
        "{name}: “{part}” stands beside the blank already, so the document would say “{shown}”. Without it the value is "
        "“{rest}”."
    ),
    # what the place is
    "gone": gettext_noop("{place}: the blank is not where it was found. Please detect the blanks again."),
    "overlap": gettext_noop("{place}: two blanks overlap, so they can't both be filled."),
    "computed": gettext_noop("{place}: the text is computed by a field, which would undo whatever is filled in."),
    "page_break": gettext_noop("{place}: the blank contains a page or column break, which would be lost."),
    "bound": gettext_noop(
        "{place}: the content control takes its text from data stored elsewhere in the file, "
        "which would undo whatever is filled in."
    ),
    "formula": gettext_noop("{place}: the cell holds a formula, which filling would destroy."),
    "no_tick": gettext_noop("{place}: this is not a box that can be ticked."),
    "single_line": gettext_noop("{place}: line breaks can't be stored there."),
    # rows and passages
    "not_rows": gettext_noop("{name}: rows are expected, a list of objects with a value for each column."),
    "no_more_rows": gettext_noop("{name}: there is room for {most} rows, and no more can be added to this table."),
    "not_a_switch": gettext_noop("{name}: say true to keep the passage or false to leave it out."),
    "no_wording": gettext_noop("{name}: “{value}” is no wording of this clause. There are {choices}."),
    "code_tags": gettext_noop(
        "The document holds program tags ({tags}). They are not carried out: loops and conditions stay in it as they "
        "are, filters do nothing."
    ),
    "no_copy": gettext_noop(
        "{place}: it can't be filled more than once, because it holds something of which there may only be one."
    ),
    "no_rows": gettext_noop(
        "{place}: no rows can be added, because something on the sheet ({what}) would no longer be right."
    ),
    "no_passages": gettext_noop("{name}: passages can only be left out of Word documents."),
    "removal_section": gettext_noop("{place}: the passage can't be left out, because a section ends in it."),
    "removal_field": gettext_noop("{place}: the passage can't be left out, because a field begins or ends in it."),
    "removal_marks": gettext_noop(
        "{place}: the passage can't be left out, because a bookmark, a comment or a tracked move begins or ends in it."
    ),
    "removal_referred": gettext_noop(
        "{place}: the passage can't be left out, because another place of the document refers to it."
    ),
    "removal_cell": gettext_noop(
        "{place}: the passage can't be left out, because a table cell would stay without text."
    ),
    "removal_merged": gettext_noop("{place}: the row can't be left out, because a merged cell begins in it."),
    "removal_tables": gettext_noop("{place}: the passage can't be left out, because it keeps two tables apart."),
    "removal_control": gettext_noop(
        "{place}: the passage can't be left out, because a content control would stay empty."
    ),
    "removal_empty": gettext_noop("{place}: the passage can't be left out, because nothing would be left."),
    "removal_repeat": gettext_noop("{place}: rows can't be added to a passage that is left out."),
    "bad_lexicon": gettext_noop("Line {line} of the lexicon is not “kind: word, word”. Kinds are {kinds}."),
    # keys of masked files
    "key_damaged": gettext_noop("The key file is damaged or is not a key of Fanwen."),
    "key_passphrase": gettext_noop("The passphrase is wrong, or the key file was changed."),
    "key_locked": gettext_noop("The key file is encrypted; please give its passphrase."),
    "key_other_file": gettext_noop(
        "The key does not belong to this file, or the file was changed after it was masked."
    ),
    # rules between fields
    "rule_too_long": gettext_noop("A rule has at most {most} characters."),
    "rule_syntax": gettext_noop("“{rule}” can't be understood from “{rest}” on. Write for example 竣工 <= 总数."),
    "rule_unfinished": gettext_noop("“{rule}” is not finished. Write for example 竣工 <= 总数."),
    "rule_compares_nothing": gettext_noop("“{rule}” compares nothing. Write for example 竣工 <= 总数."),
    "rule_field": gettext_noop("There is no field called {name}."),
    "rule_ambiguous": gettext_noop("Several fields are called {name}; please use one of their ids: {ids}."),
    "rule_kinds": gettext_noop("“{rule}” compares a date with something that is no date."),
    "rule_parts": gettext_noop("“{rule}” compares columns of several tables or lists, which have no rows in common."),
    "rule_total": gettext_noop("“{rule}” sums up something that is no column of one table or list."),
    "rule_in_row": gettext_noop("{part}, row {row}: {text}"),
    "rule_percent": gettext_noop("“{rule}” compares a percentage with a number; please write it with %, such as 100%."),
    "rule_at_most": gettext_noop("{left} ({left_value}) should not be more than {right} ({right_value})."),
    "rule_less": gettext_noop("{left} ({left_value}) should be less than {right} ({right_value})."),
    "rule_at_least": gettext_noop("{left} ({left_value}) should not be less than {right} ({right_value})."),
    "rule_more": gettext_noop("{left} ({left_value}) should be more than {right} ({right_value})."),
    "rule_not_later": gettext_noop("{left} ({left_value}) should not be later than {right} ({right_value})."),
    "rule_earlier": gettext_noop("{left} ({left_value}) should be earlier than {right} ({right_value})."),
    "rule_not_earlier": gettext_noop("{left} ({left_value}) should not be earlier than {right} ({right_value})."),
    "rule_later": gettext_noop("{left} ({left_value}) should be later than {right} ({right_value})."),
    "rule_equal": gettext_noop("{left} ({left_value}) should be equal to {right} ({right_value})."),
    "rule_differs": gettext_noop("{left} ({left_value}) should differ from {right} ({right_value})."),
    "rule_at_most_figure": gettext_noop("{left} ({left_value}) should not be more than {right}."),
    "rule_less_figure": gettext_noop("{left} ({left_value}) should be less than {right}."),
    "rule_at_least_figure": gettext_noop("{left} ({left_value}) should not be less than {right}."),
    "rule_more_figure": gettext_noop("{left} ({left_value}) should be more than {right}."),
    "rule_equal_figure": gettext_noop("{left} ({left_value}) should be equal to {right}."),
    "rule_differs_figure": gettext_noop("{left} ({left_value}) should differ from {right}."),
    # sheets
    "form_gone": gettext_noop("The form was changed meanwhile. Please send the sheet in again."),
    "sheet_headers": gettext_noop("No field matches the column {names}. Rename it, or leave it out with --ignore."),
    "sheet_empty": gettext_noop("The sheet has no rows to fill in."),
    "sheet_unreadable": gettext_noop("The sheet can't be read. Use XLSX, or CSV in UTF-8 or GB18030."),
}


class BlanksError(Exception):
    """Something asked of a document that can't be done. `code` is a key of `MESSAGES`; `params` fill its message."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        super().__init__(MESSAGES[code].format(**params))


class FillError(BlanksError):
    """A place that can't be filled safely (`params["place"]` names it), or a file that can't be filled at all."""


class ValueProblem(BlanksError, ValueError):
    """A value that does not fit its field; `params["name"]` names the field."""


class RuleError(BlanksError):
    """A rule between fields that can't be understood, or names no field."""


class KeyProblem(BlanksError):
    """A key that can't be read or does not belong to the file."""
