"""The search over all records: full text of SQLite or PostgreSQL behind a few functions.

`words` folds, `questions` reads what is asked, `rows` writes the index, `matches` asks the database, `results` ranks,
`nearest` asks for less where nothing was found, `answers` says what is known without a search.
"""

from temsisite.publishing.search.questions import Question
from temsisite.publishing.search.results import Found, matching, verdicts
from temsisite.publishing.search.rows import rebuild, replace, row_for

__all__ = ["Found", "Question", "matching", "rebuild", "replace", "row_for", "verdicts"]
