"""Whose fault is it? The student's, the caller's, or ours: three families.

:class:`CheckFailed` is about the answer and becomes feedback. ``UsageError`` is
about the command (exit code 2). ``GraderError`` is ours (exit code 3).
"""

from __future__ import annotations

from grader.report import Feedback
from grader.text import Text


class CheckFailed(Exception):
    """The submission falls short of what a check expects."""

    def __init__(self, feedback: Feedback, raised: str = "") -> None:
        super().__init__(str(feedback.found))
        self.feedback = feedback
        self.raised = raised
        """The type of the exception of the student's code, if one is behind it."""


class Died(CheckFailed):
    """The process died over the question; what lived in it cannot be asked for anything else."""


class Unanswerable(Exception):
    """A check could not be asked at all: the submission never got that far."""

    def __init__(self, cause: Text) -> None:
        super().__init__(str(cause))
        self.cause = cause


class SpokenError(Exception):
    """An error with a sentence for whoever started the grader."""

    def __init__(self, message: Text) -> None:
        super().__init__(str(message))
        self.message = message


class UsageError(SpokenError):
    """The command asks for something that is not there."""


class GraderError(SpokenError):
    """The grader could not do its work; the submission is not to blame."""
