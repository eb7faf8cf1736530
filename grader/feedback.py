"""Sentences for what the worker reports: exceptions, deaths, old spellings."""

from __future__ import annotations

import re
from dataclasses import replace
from string import Formatter

from grader.child import Cause, Death
from grader.evidence import Failure, WorkerNote
from grader.report import Feedback, Note, Place
from grader.text import Text, literal, text

MEMORY_SIGNALS = ("SIGABRT", "SIGKILL")
"""How TensorFlow and the kernel end a process that asks for too much."""
TENSORFLOW_NOISE = re.compile(r"\x1b\[[0-9;]*m|\{\{function_node[^}]*\}\}|\[Op:\w+\]")
KERAS_FRAME = re.compile(
    r"Exception encountered when calling .*?\n\n(.*?)(?:\n\nArguments received by .*)?$", re.DOTALL
)
GRAPH_FRAME = re.compile(r"in user code:\n.*\n\n\s*(\S.*)$", re.DOTALL)
LAYER_NAME = re.compile(r"name '(Embedding|Dense|SimpleRNN|LSTM|GRU|Dropout|Bidirectional|TimeDistributed)'")
NONE_ATTRIBUTE = re.compile(r"'NoneType' object has no attribute '(\w+)'")
MEMORY_ERRORS = ("MemoryError", "_ArrayMemoryError", "ResourceExhaustedError")


def death_text(death: Death) -> Text:
    """Say why a child died."""
    match death.cause:
        case Cause.TIMEOUT:
            return text(
                "It did not finish within {seconds} s. Look for a loop that never ends, or training "
                "that should go through model.fit.",
                seconds=death.detail,
            )
        case Cause.OUTPUT:
            return text("It printed more than {limit} MB and was stopped.", limit=death.detail)
        case Cause.MEMORY:
            return text("It took more than {limit} MB of memory and was stopped.", limit=death.detail)
        case Cause.DISK:
            return text(
                "It wrote more than {limit} MB (or a great many files) into its folder and was stopped.",
                limit=death.detail,
            )
        case Cause.PROCESSES:
            return text("It started more than {limit} processes and threads and was stopped.", limit=death.detail)
        case Cause.EXIT:
            return text("It ended the Python process (exit status {status}).", status=death.detail)
        case Cause.SIGNAL if death.detail in MEMORY_SIGNALS:
            return text(
                "The Python process was killed ({signal}); running out of memory is the usual reason.",
                signal=death.detail,
            )
        case Cause.SIGNAL:
            return text("The Python process crashed ({signal}).", signal=death.detail)
        case Cause.PROTOCOL:
            return text("It disturbed the connection to the grader ({why}).", why=death.detail)


def failure_feedback(failure: Failure, places: tuple[Place, ...], name: str | None = None) -> Feedback:
    """Say what exception stopped the student's code, and what it usually means."""
    message = core_message(failure.message)
    if failure.type in ("SyntaxError", "IndentationError", "TabError") and not (name and not places):
        return _syntax_feedback(failure, places)
    raised = literal(f"{failure.type}: {message}" if message else failure.type)
    found = text("Your code stopped with an exception: {raised}", raised=raised)
    if name is not None:
        found = text("{name} stopped with an exception: {raised}", name=name, raised=raised)
    explanation = _explanation(failure, name)
    todo = _is_open_task(failure)
    return Feedback(found, None, (explanation,) if explanation else (), places, stopped=not todo)


def _is_open_task(failure: Failure) -> bool:
    """Tell the stub's own ``raise NotImplementedError`` from one of Keras's."""
    last = failure.frames[-1].code if failure.frames else ""
    return failure.type == "NotImplementedError" and "NotImplementedError" in last


def core_message(message: str) -> str:
    """Return an exception's own words without what Keras and TensorFlow wrap around them."""
    bare = TENSORFLOW_NOISE.sub("", message).strip()
    for wrapping in (KERAS_FRAME, GRAPH_FRAME):
        wrapped = wrapping.match(bare)
        bare = wrapped.group(1).strip() if wrapped else bare
    return bare


def _syntax_feedback(failure: Failure, places: tuple[Place, ...]) -> Feedback:
    place = places[-1] if places else None
    found = text("Your code is not valid Python: {message}.", message=failure.message.rstrip("."))
    if place is not None:
        found = text(
            "Your code is not valid Python: {message} ({file}, line {line}, column {column}).",
            message=failure.message.rstrip("."),
            file=place.file,
            line=place.line,
            column=place.column or 0,
        )
    details: tuple[Text, ...] = ()
    if "Missing parentheses in call to 'print'" in failure.message:
        details = (text("This is Python 2. In Python 3 print is a function: print(...)."),)
    return Feedback(found, None, details, places, stopped=True)


def _explanation(failure: Failure, name: str | None) -> Text | None:
    """What an exception usually means, where that is worth saying."""
    if _is_open_task(failure):
        return text("A TODO is still open there.")
    called = re.escape(name or "__init__")
    if failure.type == "TypeError" and re.search(rf"\b({called}|__init__)\(\)", failure.message) and name:
        return text("Keep the parameters of {name} as the exercise gives them.", name=name)
    if failure.type == "NameError" and (layer := LAYER_NAME.search(failure.message)):
        return text("Write layers.{name}, or import {name} from tensorflow.keras.layers.", name=layer.group(1))
    if failure.type == "AttributeError" and (wanted := NONE_ATTRIBUTE.search(failure.message)):
        return text(
            "What stands before .{name} is None there: nothing was put into it, or the function that should "
            "have made it has no return.",
            name=wanted.group(1),
        )
    for kinds, pattern, sentence in _EXPLANATIONS:
        if (not kinds or failure.type in kinds) and re.search(pattern, failure.message):
            return sentence
    return None


_EXPLANATIONS = (
    (("SystemExit",), "", text("exit() ends the program there; take it out.")),
    (
        ("EOFError",),
        r"input\(\)",
        text("Nobody types while a submission is graded. Use a fixed value in place of input()."),
    ),
    (MEMORY_ERRORS, "", text("It asked for more memory than a submission gets.")),
    (("ModuleNotFoundError",), "", text("That module is not part of this course's environment.")),
    (("RecursionError",), "", text("A function calls itself without end.")),
    (
        ("TypeError",),
        r"NoneType' object is not (iterable|subscriptable|callable)|cannot unpack non-iterable NoneType",
        text(
            "Something there is None: nothing was put into it, or the function that should have made it has no return."
        ),
    ),
    (
        (),
        "expected ndim=3, found ndim=2",
        text(
            "A recurrent layer reads a sequence, (batch, steps, features). If another recurrent layer stands "
            "before it, that one must return its whole sequence: return_sequences=True."
        ),
    ),
    (
        (),
        "Layers added to a Sequential model should have a single positional argument",
        text("keras.Input says what goes into the model: in a Sequential model it stands before all layers."),
    ),
    (
        ("ValueError",),
        r"You must call `compile\(\)` before",
        text("compile comes first: a model needs an optimizer and a loss before it can train or be evaluated."),
    ),
    (
        (),
        r"In models with integration .* trend terms of lower order",
        text(
            "A constant would vanish with the differencing. The drift of a series that is differenced "
            "once is trend='t'."
        ),
    ),
    (
        (),
        "Could not interpret optimizer identifier",
        text("Make an object of the optimizer's class: Adam(…), with parentheses."),
    ),
)
"""Types of exception, a pattern of their message, and what they usually mean."""


def note_of(note: WorkerNote, place: Place | None) -> Note:
    """Turn a remark of the worker's into a sentence."""
    return Note(_note_text(note.kind, note.details), (place,) if place else ())


def _note_text(kind: str, details: dict[str, str]) -> Text:
    sentence = _NOTES.get(kind)
    if sentence is None:
        return literal(kind)
    missing = dict.fromkeys((name for _, name, _, _ in Formatter().parse(sentence.key) if name), "…")
    return replace(sentence, values=tuple({**missing, **details}.items()))


_NOTES = {
    "optimizer_lr": text("An old spelling, understood: lr=… is written learning_rate=… today."),
    "embedding_input_length": text(
        "An old spelling, understood: Embedding(input_length=…) has no effect any more; leave it out."
    ),
    "activation_capital": text("An old spelling, understood: '{written}' is written in small letters today."),
    "compile_experimental": text(
        "An old spelling, understood: compile has no experimental_run_tf_function=… any more; leave it out."
    ),
    "metrics_bare": text("An old spelling, understood: metrics='{written}' is written metrics=['{written}'] today."),
    "positional_flag": text(
        "An old spelling, understood: only tensors may be given by position today; write {name}={name}."
    ),
    "stale_dropout_mask": text(
        "An old spelling, understood: today a cell keeps its dropout mask until cell.reset_dropout_mask() is called; "
        "call it at the top of call, or fit fails."
    ),
    "layer_input_shape": text(
        "An old spelling, understood: input_shape=… on a layer still works; today a keras.Input "
        "stands first in the model."
    ),
    "loss_alias": text("An old spelling, understood: today's Keras has no {written}; it is called {today} there."),
    "numpy_alias": text("An old spelling, understood: {written} is called np.{today} today."),
    "legacy_optimizer": text("An old spelling, understood: {written} is gone; write {today}."),
    "metrics_by_position": text("An old spelling, understood: metrics go by name today: metrics=[…]."),
    "tf_function_on_symbolic": text(
        "An old spelling, understood: in a functional model a layer or keras.ops.{written} stands "
        "where tf.{written} did."
    ),
    "old_module": text("An old spelling, understood: {written} is {today} today."),
    "old_arima": text(
        "An old spelling, understood: ARIMA comes from statsmodels.tsa.arima.model today. The old class added a "
        "constant by itself; today it must be asked for: trend='t' where d is 1, trend='c' where d is 0."
    ),
    "arima_fit_setting": text("An old spelling, understood: fit has no {name}=… any more; leave it out."),
    "forecast_tuple": text(
        "An old spelling, understood: forecast() returns the forecasts alone today; forecast()[0] is the first of them."
    ),
    "predict_typ": text("An old spelling, understood: predict has no typ=… any more; it returns levels, not steps."),
    "array_as_number": text(
        "An old spelling, understood: an array that holds one number is no number any more; write array[0]."
    ),
    "pandas_datetime": text(
        "An old spelling, understood: pandas has no datetime any more; write from datetime import datetime."
    ),
    "csv_squeeze": text(
        "An old spelling, understood: read_csv has no squeeze=… any more; write read_csv(…).squeeze('columns')."
    ),
    "csv_date_parser": text(
        "An old spelling, understood: read_csv has no date_parser=… any more; write date_format='…', or read the "
        "dates with pd.to_datetime afterwards."
    ),
    "fillna_method": text("An old spelling, understood: fillna(method='{written}') is written {today}() today."),
    "series_by_position": text(
        "An old spelling, understood: series[{written}] looks for a label today; write series.iloc[{written}]."
    ),
    "data_by_name": text("{written} cannot be reached while grading; the file {name} of this lesson was read instead."),
    "font_missing": text("The font {name} is not here; another one was taken."),
    "markdown_fences": text("Your code stands between Markdown fences (```); only what is between them was run."),
    "stand_in_module": text("{name} is not installed here; what it shows or fetches was left out."),
}
