"""What all tests share: workers, and the submission that a lesson's checks face."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from grader.checking import setup_of
from grader.errors import CheckFailed
from grader.kit import lessons
from grader.language import ENGLISH
from grader.pipeline import Options, grade, take_in
from grader.report import Report
from grader.session import LiveSubmission
from grader.submission import find_file, read_submission
from grader.workers import Mode, Workers, open_workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from running import Running
else:
    from tests.faults.running import Running

PRELOAD = ("pandas", "matplotlib.pyplot", "statsmodels.tsa.arima.model")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--submission`` to pytest."""
    parser.addoption("--submission", metavar="PATH", help="hold a lesson's checks against this submission")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Show a failed check as feedback, not as a traceback of ours."""
    report = yield
    if call.excinfo is not None and isinstance(call.excinfo.value, CheckFailed):
        feedback = call.excinfo.value.feedback
        parts = [feedback.found, feedback.expected, *feedback.details]
        report.longrepr = "\n".join(ENGLISH.say(part) for part in parts if part is not None)
    return report


@pytest.fixture
def nothing_is_ignored() -> Iterator[None]:
    """Signals do what they do, however pytest was started: behind nohup, or in the background, some do nothing."""
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    before = {
        number: signal.signal(number, signal.SIG_DFL) for name in names if (number := getattr(signal, name, None))
    }
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    """One zygote for the whole run."""
    with open_workers(Mode.FORK, PRELOAD, many=True) as started:
        yield started


@pytest.fixture(scope="module")
def submission(request: pytest.FixtureRequest, workers: Workers) -> Iterator[LiveSubmission]:
    """What a lesson's checks are held against: the reference solution, or ``--submission``."""
    chosen = request.config.getoption("--submission")
    lesson = lessons()[Path(str(request.path)).stem.removeprefix("test_")]
    file = find_file(Path(chosen)) if chosen else lesson.solution
    live = LiveSubmission(read_submission(file), workers.start, setup_of(request.module))
    yield live
    live.close()


@pytest.fixture(scope="session")
def grade_path(workers: Workers) -> Callable[..., Report]:
    """Grade a path with the shared workers."""

    def grade_it(path: Path, **options: Any) -> Report:
        chosen = Options(**options)
        return grade(take_in(path, chosen), workers, chosen)

    return grade_it


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """The folder that a grader of this test keeps temporary files in."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def grader(temporary: Path) -> Iterator[Running]:
    """Runs of the grader in processes of their own, which must leave nothing behind."""
    with Running(temporary) as running:
        yield running
    assert running.left_over() == set()
    assert list(temporary.iterdir()) == []
