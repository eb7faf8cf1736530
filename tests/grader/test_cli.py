"""The command line as its users meet it: words, streams and exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader import cli, workers
from grader.isolation import Level
from grader.kit import ROOT, lessons

RIGHT = ROOT / "tests" / "submissions"


def run(*arguments: object, cwd: Path = ROOT, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    words = [sys.executable, "-m", "grader", *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, encoding="utf-8", cwd=cwd, env=env, check=False)


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """Run the command in this process; return exit code and what it complains of."""
    with pytest.raises(SystemExit) as ended:
        cli.main([*map(str, arguments)])
    captured = capsys.readouterr()
    assert captured.out == ""
    assert isinstance(ended.value.code, int)
    return ended.value.code, captured.err


def test_help_and_usage_errors_import_nothing_heavy() -> None:
    source = (
        "import sys\n"
        "from grader import cli\n"
        "for words in (['--help'], ['--no-such-option'], [], ['hint', '--help']):\n"
        "    try: cli.main(words)\n"
        "    except SystemExit: pass\n"
        "heavy = {'tensorflow', 'keras', 'matplotlib', 'pandas', 'numpy', 'pytest', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )

    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("language", "words"), [("en", "full marks"), ("ko", "만점")])
def test_help_is_in_the_language_asked_for(language: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--lang", language, "--help"])

    assert ended.value.code == 0
    assert words in capsys.readouterr().out


def test_help_fits_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])

    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param([], "Name what to grade", id="nothing"),
        pytest.param(["no/such/path"], "no/such/path does not exist", id="missing_path"),
        pytest.param(["exercises/4_1", "--lesson", "9_9"], "There is no lesson 9_9", id="unknown_lesson"),
        pytest.param(["data"], "There is no .py file and no .ipynb file in data", id="no_submission"),
        pytest.param(["README.md"], "is no .py file and no .ipynb file", id="other_file"),
        pytest.param(["grader/text.py"], "Which lesson does", id="no_lesson"),
        pytest.param(["exercises/4_1", "--format", "pdf"], "--format takes another value", id="unknown_format"),
        pytest.param(["exercises/4_1", "--timeout", "soon"], "--timeout takes another value", id="no_number"),
        pytest.param(["exercises/4_1", "--timeout", "-1"], "--timeout takes another value", id="negative"),
        pytest.param(["exercises/4_1", "--seed", "-1"], "--seed takes another value", id="negative_seed"),
        pytest.param(["--frobnicate"], "There is no option --frobnicate", id="unknown_option"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("LC_ALL", "C")

    code, said = refused(capsys, *arguments)

    assert code == 2
    assert sentence in said
    assert said.startswith("grader: ")
    assert said.count("\n") == 1


def test_folder_with_script_and_notebook_asks_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.py").touch()
    (tmp_path / "b.ipynb").touch()

    code, said = refused(capsys, tmp_path, "--lesson", "4_1", "--lang", "en")

    assert code == 2
    assert "a.py, b.ipynb" in said


def test_solution_earns_full_marks_and_exit_code_0_from_any_folder(tmp_path: Path) -> None:
    done = run(lessons()["4_1"].solution, "--format", "json", "--lang", "en", cwd=tmp_path)

    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert done.stderr == ""
    assert report["score"] == report["max_score"] == 8


def test_stub_earns_nothing_and_exit_code_1() -> None:
    done = run("exercises/4_1", "--lang", "en")

    assert done.returncode == 1
    assert done.stderr == ""
    assert "Score: 0 of 8" in done.stdout
    assert all(f"Task {number}" in done.stdout for number in (1, 2))


def test_several_submissions_give_several_reports_and_the_worst_exit_code(tmp_path: Path) -> None:
    output = tmp_path / "reports.txt"

    done = run("solutions/4_1", "exercises/4_1", "--lang", "ko", "--output", output)

    written = output.read_text(encoding="utf-8")
    assert done.returncode == 1
    assert done.stdout == ""
    assert written.count("할 일 1") == 2
    assert "8점 만점에 0점" in written


def test_output_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    done = run("exercises/4_1", "--output", tmp_path / "no" / "such" / "folder.txt", "--lang", "en")

    assert done.returncode == 2
    assert "cannot be opened" in done.stderr
    assert "Traceback" not in done.stderr


def test_output_is_utf_8_whatever_the_locale() -> None:
    done = run("exercises/4_1", "--lang", "ko", env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"})

    assert done.returncode == 1
    assert "점" in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_stopped_grader_leaves_nothing_behind(name: str, tmp_path: Path) -> None:
    answer, temporary = tmp_path / "answer_4_1.py", tmp_path / "tmp"
    answer.write_text("import time\ntime.sleep(300)\n")
    temporary.mkdir()
    words = [sys.executable, "-m", "grader", str(answer), "--timeout", "300", "--lang", "en"]
    env = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=env
    ) as process:
        while not list(temporary.glob("submission-*")):
            time.sleep(0.05)

        process.send_signal(getattr(signal, name))
        _, said = process.communicate(timeout=60)

    assert process.returncode == 130
    assert said.strip() == "grader: Stopped."
    assert list(temporary.glob("submission-*")) == []


# Isolation.


def test_a_level_that_cannot_be_had_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "probe", lambda _: Level.B)

    code, words = refused(capsys, "solutions/4_1", "--require-isolation", "A", "--lang", "en")

    assert code == 3
    assert words == (
        "grader: Isolation level B is all that there is here, but --require-isolation A was asked for: "
        "nothing was graded.\n"
    )


def test_an_unknown_level_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    code, words = refused(capsys, "exercises/4_1", "--require-isolation", "E", "--lang", "en")

    assert (code, "--require-isolation takes another value" in words) == (2, True)


@pytest.mark.parametrize("code", ["en", "ko"])
def test_the_help_names_every_command(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help", "--lang", code])

    assert ended.value.code == 0
    first_words = [line.split(maxsplit=1)[0] for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert [word for word in first_words if word in cli.COMMANDS] == list(cli.COMMANDS)
