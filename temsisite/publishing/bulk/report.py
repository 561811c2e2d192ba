"""What came of the rows of a table, or would."""

import re

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import Truncator
from import_export.results import Result, RowResult

from temsisite.publishing.comparing import difference, text_pieces

SHORT = 40  # characters of a cell that a sentence repeats
QUOTED = re.compile("“(.+?)”")


class Report(Result):
    """What came of a table."""

    def outcome(self, name):
        return [row for row in self.rows if row.outcome == name]

    def told(self):
        """All of it in a form by which two runs can be compared."""
        return [[row.number, row.outcome, row.slug, row.sentences, row.changes] for row in self.rows]


class Row(RowResult):
    """What came of one row: a draft, a change of a draft, a proposal, nothing, or sentences that say what is wrong."""

    NEW, DRAFT, PROPOSAL, UNCHANGED, FAILING = "new", "draft", "proposal", "unchanged", "failing"

    def __init__(self):
        super().__init__()
        self.number, self.slug, self.title, self.outcome, self.remark = 0, "", "", "", ""
        self.changes = []  # [column, before, after]
        self.sentences = []  # [column or nothing, sentence]

    def fail(self, error, cells):
        """Note each sentence of the error with its column and what stands there, or with none if it is about all."""
        problems = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        self.outcome = self.FAILING
        self.sentences = [
            ["", sentence] if name == NON_FIELD_ERRORS else [name, _about(cells.get(name, ""), sentence)]
            for name, found in problems.items()
            for sentence in ValidationError(found).messages
        ]

    @property
    def differences(self):
        """The changes as pages show what differs."""
        return [difference(column, text_pieces(old, new)) for column, old, new in self.changes]


def _about(cell, sentence):
    """A sentence with the cell that it is about, unless it quotes that itself: “57,6”: Enter a number."""
    typed = cell.replace("\x00", "").strip()
    if not typed or typed in sentence or any(words in typed for words in QUOTED.findall(sentence)):
        return sentence
    return f"“{Truncator(typed).chars(SHORT)}”: {sentence}"
