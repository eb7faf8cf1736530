"""The audit: what can be said of a lesson without grading anything.

``lesson_parts`` reads a lesson's files; ``files``, ``programs``, ``rubric``, ``pages``,
``titles``, ``catalogue``, ``giveaways``, ``zoo`` and ``exemptions`` each look at one side
of it. A finding is a sentence that says which file falls short, and of what.
"""

from grader.verify.audit.audit import audit

__all__ = ["audit"]
