"""A call of the submission's code, and what it asked of Keras meanwhile."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from grader.errors import CheckFailed
from grader.evidence import Arima, Compiled, DataCall, Drawn, Evaluated, Event, Fitted, Ref, Value
from grader.report import Feedback
from grader.text import Text, text

if TYPE_CHECKING:
    from grader.session import LiveSubmission


def spelled(name: str, arguments: Mapping[str, Any]) -> str:
    """Write a call as code; what is no plain value is left out."""
    plain = {key: value for key, value in arguments.items() if isinstance(value, int | float | str | tuple)}
    return f"{name}({', '.join(f'{key}={value!r}' for key, value in plain.items())})"


@dataclass(frozen=True, slots=True)
class Called:
    """A call of a public function or class of the submission."""

    submission: LiveSubmission
    name: str | Text
    spelled: str
    """The call as code, for messages: ``f(units=3)``."""
    value: Value | None
    """What it returned, if it returned."""
    events: tuple[Event, ...]
    failed: Feedback | None
    """Why it did not return, if it did not."""

    def result(self) -> Value:
        """Return what came back.

        Raises:
            CheckFailed: nothing did.
        """
        if self.failed is not None or self.value is None:
            raise CheckFailed(self.failed or Feedback(text("{name} did not return.", name=self.name)))
        return self.value

    def ref(self, *path: int | str) -> Ref:
        """Return a reference to the result, or to a part of it, for another call."""
        handle = getattr(self.result(), "handle", None)
        if not handle:
            found = text("{name} returned a plain value where an object was expected.", name=self.name)
            raise CheckFailed(Feedback(found, stopped=True))
        return Ref(handle, path)

    def of_kind(self, kind: type[Event]) -> tuple[Any, ...]:
        """Return the events of one kind, in order."""
        return tuple(event for event in self.events if isinstance(event, kind))

    @contextlib.contextmanager
    def at(self, event: Compiled | DataCall | Drawn | Arima) -> Iterator[None]:
        """Let what is found wrong with an event show the student's line that caused it."""
        try:
            yield
        except CheckFailed as failed:
            if failed.feedback.places or event.place is None:
                raise
            places = (self.submission.place(*event.place),)
            raise CheckFailed(replace(failed.feedback, places=places), failed.raised) from None

    @contextlib.contextmanager
    def made_by(self, *judged: str) -> Iterator[None]:
        """Let what is found wrong with the result name the student's own functions that it is made by.

        Args:
            judged: those that other checks judge by themselves.
        """
        try:
            yield
        except CheckFailed as failed:
            others = [each for each in self.submission.called_by(str(self.name)) if each not in judged]
            if not others:
                raise
            said = text("{name} calls {others}: look there too.", name=self.name, others=", ".join(others))
            told = replace(failed.feedback, details=(*failed.feedback.details, said))
            raise CheckFailed(told, failed.raised) from None

    @property
    def compiled(self) -> tuple[Compiled, ...]:
        """The calls of ``compile``."""
        return self.of_kind(Compiled)

    @property
    def fitted(self) -> tuple[Fitted, ...]:
        """The calls of ``fit``."""
        return self.of_kind(Fitted)

    @property
    def evaluated(self) -> tuple[Evaluated, ...]:
        """The calls of ``evaluate``."""
        return self.of_kind(Evaluated)
