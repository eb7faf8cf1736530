"""The trust border: what the worker says is of the right form, or a ProtocolError."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader import evidence
from grader.evidence import Answer, Array, OddFloat, Plain, Ref, Sequence, array_of, decode, plain
from grader.isolation import Level
from grader.worker.channel import HEADER, MAX_BLOB_BYTES, MAX_JSON_BYTES, Blob, Channel, ProtocolError

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import LAW
else:
    from tests.grader.factories import LAW

ONE_FLOAT = {"t": "array", "dtype": "float32", "shape": [1], "at": [0, 4]}
DTYPES = ("bool", "int8", "uint8", "int32", "int64", "float16", "float32", "float64")


def answer_with(result: Any, blob: bytes = b"") -> Answer:
    return decode(json.dumps({"result": result}).encode(), blob)


def an_array(blob: bytes, **changes: Any) -> dict[str, Any]:
    """The description of all of ``blob`` as bytes, but for some changes."""
    return {"t": "array", "dtype": "uint8", "shape": [len(blob)], "at": [0, len(blob)], **changes}


def a_list(*items: Any, kind: str = "list") -> dict[str, Any]:
    return {"t": "list", "kind": kind, "items": list(items), "handle": "h1"}


# Answers of the right form.


def test_an_empty_object_is_an_answer_that_says_nothing() -> None:
    assert decode(b"{}", b"") == Answer()


def test_unknown_fields_do_not_matter() -> None:
    body = b'{"level": "A", "mood": "good", "result": {"t": "plain", "v": 3, "unit": "m"}}'

    answer = decode(body, b"")

    assert answer == Answer(level=Level.A, result=Plain(3))


@pytest.mark.parametrize("value", [None, True, False, 0, -3, 2**62, 0.5, 1e300, "", "순환"], ids=repr)
def test_a_plain_value_comes_as_it_is(value: object) -> None:
    answer = answer_with({"t": "plain", "v": value})

    assert isinstance(answer.result, Plain)
    assert type(answer.result.v) is type(value)
    assert answer.result.v == value


def test_of_a_key_said_twice_one_counts() -> None:
    assert decode(b'{"level": "A", "level": "B"}', b"") in (Answer(level=Level.A), Answer(level=Level.B))


def test_an_array_is_read_from_its_bytes() -> None:
    blob = np.array([9, 1, 2, 3, 4], "<i4").tobytes()
    entry = {"t": "array", "dtype": "int32", "shape": [2, 2], "at": [4, 16]}

    array = answer_with(entry, blob).result

    assert isinstance(array, Array)
    assert array.values.tolist() == [[1, 2], [3, 4]]
    assert not array.values.flags.writeable


@pytest.mark.parametrize("shape", [[0], [0, 3], [2, 0]], ids=str)
def test_an_array_may_be_empty(shape: list[int]) -> None:
    array = answer_with(an_array(b"", shape=shape)).result

    assert isinstance(array, Array)
    assert array.values.shape == tuple(shape)


def test_arrays_are_read_wherever_they_stand() -> None:
    entry = an_array(b"\x07")
    call = {
        "t": "fitted",
        "model": "h1",
        "x": a_list(entry),
        "y": {"t": "dict", "items": [["labels", entry]], "handle": "h2"},
        "validation": {"t": "plain", "v": None},
        "settings": {},
        "callbacks": [],
    }
    line, bars = {"label": "loss", "x": entry, "y": entry}, {"label": "test", "lengths": entry}
    drawn = {
        "t": "drawn",
        "path": None,
        "axes": [{"title": "", "xlabel": "", "ylabel": "", "legend": [], "lines": [line], "bars": [bars]}],
    }
    body = {"events": [call, drawn], "outputs": [entry], "numbers": [["loss", entry]]}

    answer = decode(json.dumps(body).encode(), b"\x07")

    fitted, figure = answer.events
    assert isinstance(fitted, evidence.Fitted)
    assert isinstance(figure, evidence.Drawn)
    assert isinstance(fitted.x, Sequence)
    assert isinstance(fitted.y, evidence.Mapping)
    curve, group = figure.axes[0].lines[0], figure.axes[0].bars[0]
    found = [fitted.x.items[0], fitted.y.items[0][1], curve.x, curve.y, group.lengths]
    found += [answer.outputs[0], answer.numbers[0][1]]
    assert [each.values.tolist() for each in found if isinstance(each, Array)] == [[7]] * 7


def test_values_that_the_worker_smuggles_in_do_not_count() -> None:
    array = answer_with(an_array(b"\x07", values=[1, 2, 3]), b"\x07").result

    assert isinstance(array, Array)
    assert array.values.tolist() == [7]


# Answers of any other form.


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b" ", id="blank"),
        pytest.param(b"null", id="null"),
        pytest.param(b"[]", id="list"),
        pytest.param(b"5", id="number"),
        pytest.param(b'"{}"', id="string"),
        pytest.param(b"{} {}", id="two-answers"),
        pytest.param(b"\xef\xbb\xbf{}", id="byte-order-mark"),
        pytest.param('{"level": "A"}'.encode("utf-16"), id="utf-16"),
        pytest.param(b"\x80\x04N.", id="pickle"),
        pytest.param(b'{"level": "A"', id="cut-off"),
        pytest.param(b'{"level": "\xff"}', id="not-utf-8"),
        pytest.param(b'{"level": "\\ud800"}', id="half-a-surrogate-pair"),
        pytest.param(b'{"level": "\n"}', id="newline-in-a-string"),
        pytest.param(b"{'level': 'A'}", id="single-quotes"),
        pytest.param(b'{"level": "A",}', id="trailing-comma"),
        pytest.param(b'{"result": {"t": "plain", "v": NaN}}', id="nan"),
        pytest.param(b'{"result": {"t": "plain", "v": Infinity}}', id="infinity"),
        pytest.param(b'{"result": {"t": "plain", "v": -Infinity}}', id="minus-infinity"),
        pytest.param(b'{"result": {"t": "plain", "v": 1e999}}', id="number-without-end"),
        pytest.param(b'{"result": {"t": "plain", "v": ' + b"9" * 5000 + b"}}", id="5000-digits"),
        pytest.param(b'{"events": [[' + b"9" * 5000 + b"]]}", id="5000-digits-elsewhere"),
        pytest.param(b"[" * 100_000, id="deep-lists"),
        pytest.param(b'{"events":' * 10_000, id="deep-objects"),
    ],
)
def test_what_is_no_answer_is_refused(body: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode(body, b"")


@pytest.mark.parametrize("depth", [200, 250, 300, 350, 400, 1_000, 5_000])
def test_nesting_is_read_or_refused(depth: int) -> None:
    head, tail = b'{"t":"list","kind":"list","handle":"","items":[', b"]}"
    body = b'{"result":' + head * depth + tail * depth + b"}"

    try:
        result = decode(body, b"").result
    except ProtocolError:
        result = None

    assert result is None or isinstance(result, Sequence)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"level": 5}, id="level-a-number"),
        pytest.param({"level": None}, id="level-null"),
        pytest.param({"events": {}}, id="events-an-object"),
        pytest.param({"events": [{"t": "trained"}]}, id="unknown-event"),
        pytest.param({"events": [{"model": "h1"}]}, id="event-without-tag"),
        pytest.param({"failure": {"type": "ValueError"}}, id="field-missing"),
        pytest.param({"notes": [{"kind": "old", "place": ["a.py", "3"], "details": {}}]}, id="line-as-text"),
        pytest.param({"notes": [{"kind": "old", "place": ["a.py"], "details": {}}]}, id="place-too-short"),
        pytest.param({"notes": [{"kind": "old", "place": None, "details": {"n": 3}}]}, id="detail-a-number"),
        pytest.param({"names": {"main": "function"}}, id="definition-as-text"),
        pytest.param({"result": 3}, id="bare-value"),
        pytest.param({"result": {"v": 3}}, id="value-without-tag"),
        pytest.param({"result": {"t": "ref", "handle": "h1"}}, id="reference-as-a-value"),
        pytest.param({"result": {"t": ["plain"], "v": 3}}, id="tag-a-list"),
        pytest.param({"result": {"t": "plain"}}, id="plain-without-value"),
        pytest.param({"result": {"t": "plain", "v": [1]}}, id="plain-list"),
        pytest.param({"result": {"t": "plain", "v": {}}}, id="plain-object"),
        pytest.param({"result": {"t": "float", "v": 1.5}}, id="odd-float-a-number"),
        pytest.param({"result": a_list() | {"items": "ab"}}, id="items-a-string"),
        pytest.param({"result": a_list() | {"handle": 7}}, id="handle-a-number"),
        pytest.param({"result": {"t": "dict", "items": [["a"]], "handle": ""}}, id="pair-too-short"),
        pytest.param(
            {"result": {"t": "dict", "items": [[1, {"t": "plain", "v": 1}]], "handle": ""}}, id="key-a-number"
        ),
        pytest.param({"trace": {"layers": [], "calls": [], "outputs": []}}, id="trace-cut-short"),
        pytest.param({"numbers": [["loss", 0.5]]}, id="bare-number"),
        pytest.param({"layers": [{"kind": "Dense", "settings": [], "inner": []}]}, id="settings-a-list"),
    ],
)
def test_a_wrong_type_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(ProtocolError, match="not of the expected form"):
        decode(json.dumps(body).encode(), b"")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"result": {**ONE_FLOAT, "shape": [True]}}, id="shape"),
        pytest.param({"result": {**ONE_FLOAT, "at": [False, 4]}}, id="offset"),
        pytest.param({"failure": {"type": "", "message": "", "frames": [
            {"label": "", "line": True, "function": "", "code": ""}]}}, id="line"),
        pytest.param({"trace": {"layers": [], "outputs": [], "unused_weights": [], "calls": [
            {"layer": True, "inputs": [], "states": [], "outputs": [], "training": None}]}}, id="layer"),
    ],
)  # fmt: skip
def test_a_boolean_is_no_integer(body: dict[str, Any]) -> None:
    with pytest.raises(ProtocolError, match="Expected `int`, got `bool`"):
        decode(json.dumps(body).encode(), bytes(4))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"shape": [9]}, id="shape-larger-than-its-bytes"),
        pytest.param({"shape": [7]}, id="shape-smaller-than-its-bytes"),
        pytest.param({"shape": []}, id="no-shape"),
        pytest.param({"shape": [2**63]}, id="shape-without-end"),
        pytest.param({"shape": [10**100]}, id="shape-of-100-digits"),
        pytest.param({"shape": [2**32, 2**32]}, id="shape-that-overflows"),
        pytest.param({"shape": [1] * 100}, id="too-many-dimensions"),
        pytest.param({"dtype": "float32"}, id="wider-dtype"),
        pytest.param({"dtype": "float32", "shape": [2], "at": [0, 7]}, id="part-of-a-number"),
        pytest.param({"at": [0, 9]}, id="beyond-the-end"),
        pytest.param({"at": [4, 8]}, id="starts-late"),
        pytest.param({"at": [-8, 8]}, id="negative-offset"),
        pytest.param({"at": [8, -8]}, id="negative-size"),
        pytest.param({"at": [-1, 9]}, id="before-the-start"),
        pytest.param({"at": [2**64, 8]}, id="offset-without-end"),
        pytest.param({"at": [10**100, -(10**100)]}, id="offset-of-100-digits"),
        pytest.param({"dtype": "object"}, id="objects"),
        pytest.param({"dtype": "O"}, id="objects-for-short"),
        pytest.param({"dtype": "S8", "shape": [1]}, id="bytes"),
        pytest.param({"dtype": "U2", "shape": [1]}, id="text"),
        pytest.param({"dtype": "V8", "shape": [1]}, id="void"),
        pytest.param({"dtype": "M8[s]", "shape": [1]}, id="date"),
        pytest.param({"dtype": "complex64", "shape": [1]}, id="complex"),
        pytest.param({"dtype": "f4,f4", "shape": [1]}, id="record"),
        pytest.param({"dtype": "(2,)f4", "shape": [1]}, id="array-in-an-array"),
        pytest.param({"dtype": "tensor"}, id="unknown-dtype"),
        pytest.param({"dtype": "uint8\0"}, id="dtype-with-a-null"),
    ],
)
def test_an_array_that_does_not_fit_its_bytes_is_refused(changes: dict[str, Any]) -> None:
    blob = bytes(8)

    with pytest.raises(ProtocolError, match="does not fit its description"):
        answer_with(an_array(blob, **changes), blob)


@pytest.mark.parametrize("dtype", ["(,)f4", "1)f4", "f8,(", "(0001,)f4"])
def test_a_dtype_that_is_no_python_is_refused(dtype: str) -> None:
    with pytest.raises(ProtocolError):
        answer_with(an_array(bytes(8), dtype=dtype), bytes(8))


@pytest.mark.parametrize("shape", [[-1], [-8], [2, -1]], ids=str)
def test_a_shape_says_every_length(shape: list[int]) -> None:
    with pytest.raises(ProtocolError):
        answer_with(an_array(bytes(8), shape=shape), bytes(8))


def test_arrays_are_views_however_many_there_are() -> None:
    """Else 8 MB of descriptions of the same 64 MB take terabytes."""
    blob = bytes(8)
    answer = answer_with(a_list(an_array(blob, shape=[7], at=[1, 7]), an_array(blob, shape=[7], at=[1, 7])), blob)

    assert isinstance(answer.result, Sequence)
    first, second = (item.values for item in answer.result.items if isinstance(item, Array))
    assert np.shares_memory(first, second)


@pytest.mark.parametrize("words", ["hello", "", "1_0"], ids=repr)
def test_an_odd_float_is_nan_or_infinite(words: str) -> None:
    with pytest.raises(ProtocolError):
        answer_with({"t": "float", "v": words})


@LAW
@given(st.binary(max_size=200), st.binary(max_size=50))
def test_arbitrary_bytes_are_an_answer_or_refused(body: bytes, blob: bytes) -> None:
    try:
        answer = decode(body, blob)
    except ProtocolError:
        answer = Answer()

    assert isinstance(answer, Answer)


SOME_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["t", "v", "items", "kind", "handle", "shape", "at"]), inner, max_size=4)
        | st.builds(lambda items: a_list(*items), st.lists(inner, max_size=3))
        | st.builds(lambda value: {"t": "plain", "v": value}, inner)
        | st.builds(
            lambda dtype, shape, at: {"t": "array", "dtype": dtype, "shape": shape, "at": at},
            st.sampled_from([*DTYPES, "O", "f4,f4", "U4", "no"]),
            st.lists(st.integers(), max_size=3),
            st.lists(st.integers(), max_size=3),
        )
    ),
    max_leaves=8,
)


@LAW
@given(
    st.dictionaries(st.sampled_from(["result", "events", "outputs", "numbers", "trace"]), SOME_JSON, max_size=3),
    st.binary(max_size=16),
)
def test_arbitrary_json_is_an_answer_or_refused(body: dict[str, Any], blob: bytes) -> None:
    try:
        answer = decode(json.dumps(body).encode(), blob)
    except ProtocolError:
        answer = Answer()

    assert isinstance(answer, Answer)


@LAW
@given(
    st.sampled_from(DTYPES),
    st.lists(st.integers(0, 5), max_size=3),
    st.integers(-3, 12),
    st.integers(-3, 70),
    st.binary(max_size=64),
)
def test_an_array_that_is_read_fits_its_bytes(dtype: str, shape: list[int], start: int, size: int, blob: bytes) -> None:
    try:
        array = answer_with({"t": "array", "dtype": dtype, "shape": shape, "at": [start, size]}, blob).result
    except ProtocolError:
        array = None

    fits = 0 <= start <= start + size <= len(blob) and int(np.prod(shape)) * np.dtype(dtype).itemsize == size
    assert isinstance(array, Array) == fits


def a_trace_of(layers: list[dict[str, Any]], calls: list[dict[str, Any]], outputs: list[dict[str, Any]]) -> bytes:
    trace = {"layers": layers, "calls": calls, "outputs": outputs, "unused_weights": []}
    return json.dumps({"trace": trace}).encode()


A_LAYER: dict[str, Any] = {"kind": "Dense", "settings": {}, "inner": []}
A_CALL: dict[str, Any] = {"layer": 0, "inputs": [{"from": "input"}], "states": [], "outputs": [], "training": None}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(a_trace_of([], [A_CALL], []), id="layer-that-is-not-there"),
        pytest.param(a_trace_of([A_LAYER], [{**A_CALL, "layer": -1}], []), id="negative-layer"),
        pytest.param(a_trace_of([A_LAYER], [A_CALL], [{"from": "call", "call": 7}]), id="call-that-is-not-there"),
        pytest.param(
            a_trace_of([A_LAYER], [{**A_CALL, "inputs": [{"from": "call", "call": 0}]}], []), id="call-of-the-future"
        ),
    ],
)
def test_a_trace_speaks_only_of_what_it_holds(body: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode(body, b"")


# There and back.


@LAW
@given(
    arrays.arrays(
        arrays.boolean_dtypes() | arrays.integer_dtypes() | arrays.unsigned_integer_dtypes() | arrays.floating_dtypes(),
        arrays.array_shapes(min_dims=0, min_side=0, max_side=4),
    )
)
def test_an_array_comes_back_as_it_went(array: np.ndarray) -> None:
    blob = Blob()
    entry = evidence.encode(array, blob)

    back = answer_with(entry, blob.tobytes()).result

    assert isinstance(back, Array)
    assert back.values.dtype == array.dtype.newbyteorder("<")
    assert back.values.shape == array.shape
    np.testing.assert_array_equal(back.values, array)


@LAW
@given(st.lists(arrays.arrays(np.float32, arrays.array_shapes(min_side=0, max_side=3)), max_size=4))
def test_several_arrays_share_a_message(several: list[np.ndarray]) -> None:
    there, blob = io.BytesIO(), Blob()
    outputs = [evidence.encode(each, blob) for each in several]

    Channel(io.BytesIO(), there).send({"outputs": outputs}, blob)
    answer = decode(*Channel(io.BytesIO(there.getvalue()), io.BytesIO()).receive())

    assert len(answer.outputs) == len(several)
    for back, array in zip(answer.outputs, several, strict=True):
        assert isinstance(back, Array)
        np.testing.assert_array_equal(back.values, array)


def test_an_array_in_any_layout_travels_in_c_order() -> None:
    array = np.arange(12.0).reshape(3, 4).T[::2]
    blob = Blob()

    back = answer_with(evidence.encode(array, blob), blob.tobytes()).result

    assert isinstance(back, Array)
    np.testing.assert_array_equal(back.values, array)


@pytest.mark.parametrize(
    "array", [np.array([None]), np.array(["a"]), np.array([1j])], ids=["object", "text", "complex"]
)
def test_an_array_without_real_numbers_cannot_travel(array: np.ndarray) -> None:
    with pytest.raises(TypeError, match="cannot travel"):
        Blob().add(array)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(3, {"t": "plain", "v": 3}, id="plain"),
        pytest.param(
            (1, "a"),
            {"t": "list", "kind": "tuple", "items": [{"t": "plain", "v": 1}, {"t": "plain", "v": "a"}]},
            id="tuple",
        ),
        pytest.param([None], {"t": "list", "kind": "list", "items": [{"t": "plain", "v": None}]}, id="list"),
        pytest.param({"a": 1}, {"t": "dict", "items": [["a", {"t": "plain", "v": 1}]]}, id="dict"),
        pytest.param(Ref("h1", (0, "x")), {"t": "ref", "handle": "h1", "path": [0, "x"]}, id="ref"),
        pytest.param(np.int64(3), {"t": "plain", "v": 3}, id="numpy-integer"),
        pytest.param(np.float32(0.5), {"t": "plain", "v": 0.5}, id="numpy-float"),
        pytest.param(np.bool_(True), {"t": "plain", "v": True}, id="numpy-boolean"),
        pytest.param(float("nan"), {"t": "float", "v": "nan"}, id="nan"),
        pytest.param(np.float64("-inf"), {"t": "float", "v": "-inf"}, id="numpy-infinity"),
        pytest.param(
            evidence.Table((("a", (1, 2)),), ("x", "y")),  # type: ignore[arg-type]
            {
                "t": "table",
                "index": ["x", "y"],
                "columns": [
                    ["a", {"t": "list", "kind": "tuple", "items": [{"t": "plain", "v": 1}, {"t": "plain", "v": 2}]}]
                ],
            },
            id="table",
        ),
    ],
)
def test_a_request_says_values_in_json(value: object, expected: dict[str, Any]) -> None:
    said = evidence.encode(value, Blob())

    assert said == expected
    assert json.loads(json.dumps(said, allow_nan=False)) == expected


def test_a_column_of_a_table_is_found_by_its_name() -> None:
    table = evidence.Table((("loss", Plain(1)), ("accuracy", Plain(2))))

    assert table.column("accuracy") == Plain(2)
    assert table.column("seconds") is None


# Frames.


def channel_over(raw: bytes) -> Channel:
    return Channel(io.BytesIO(raw), io.BytesIO())


def test_a_closed_channel_is_no_violation() -> None:
    with pytest.raises(EOFError):
        channel_over(b"").receive()


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"\0\0\0", id="in-the-header"),
        pytest.param(HEADER.pack(2, 0) + b"{", id="in-the-json"),
        pytest.param(HEADER.pack(2, 4) + b"{}" + bytes(3), id="in-the-blob"),
    ],
)
def test_a_frame_that_is_cut_off_is_refused(raw: bytes) -> None:
    with pytest.raises(ProtocolError, match="cut off"):
        channel_over(raw).receive()


@pytest.mark.parametrize(
    ("json_bytes", "blob_bytes"), [(MAX_JSON_BYTES + 1, 0), (2, MAX_BLOB_BYTES + 1), (2**32 - 1, 2**32 - 1)]
)
def test_a_frame_larger_than_allowed_is_refused_before_it_is_read(json_bytes: int, blob_bytes: int) -> None:
    with pytest.raises(ProtocolError, match="larger than allowed"):
        channel_over(HEADER.pack(json_bytes, blob_bytes)).receive()


# What checks read.


def an_evidence_array(array: np.ndarray) -> Array:
    return Array("", array.shape, (0, 0), values=array)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(Plain(3), 3.0, id="integer"),
        pytest.param(Plain(0.5), 0.5, id="float"),
        pytest.param(OddFloat("inf"), float("inf"), id="infinite"),
        pytest.param(Sequence("list", (Plain(1), Plain(2)), ""), [1.0, 2.0], id="list"),
        pytest.param(Sequence("list", (Sequence("tuple", (Plain(1),), ""),), ""), [[1.0]], id="nested"),
        pytest.param(an_evidence_array(np.array([[1, 2]], "int32")), [[1.0, 2.0]], id="array"),
        pytest.param(Sequence("list", (an_evidence_array(np.ones(2)),), ""), [[1.0, 1.0]], id="list-of-arrays"),
        pytest.param(
            evidence.Table((("a", an_evidence_array(np.array([1, 2]))), ("b", an_evidence_array(np.array([3.0, 4]))))),
            [[1.0, 3.0], [2.0, 4.0]],
            id="table",
        ),
    ],
)
def test_numbers_are_read_as_float64(value: evidence.Value, expected: Any) -> None:
    found = array_of(value)

    assert found is not None
    assert found.dtype == np.float64
    assert found.tolist() == expected


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(None, id="nothing"),
        pytest.param(Plain(None), id="none"),
        pytest.param(Plain("3"), id="text"),
        pytest.param(Sequence("list", (), ""), id="empty-list"),
        pytest.param(Sequence("list", (Plain(1), Plain("a")), ""), id="mixed-list"),
        pytest.param(Sequence("list", (Plain(1), Sequence("list", (Plain(1),), "")), ""), id="ragged-list"),
        pytest.param(evidence.Model("Sequential", "h1"), id="model"),
        pytest.param(evidence.Big("float32", (10,), ""), id="too-large"),
        pytest.param(evidence.Table((("names", Sequence("list", (Plain("x"),), "")),)), id="table-with-names"),
        pytest.param(evidence.Table(()), id="empty-table"),
        pytest.param(
            evidence.Table((("a", an_evidence_array(np.ones(2))), ("b", an_evidence_array(np.ones(3))))),
            id="ragged-table",
        ),
    ],
)
def test_what_holds_no_numbers_has_none(value: evidence.Value | None) -> None:
    assert array_of(value) is None


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**400, 10**4000], ids=["large", "small", "float", "digits"])
def test_a_whole_number_that_no_worker_sends_is_refused(number: int) -> None:
    with pytest.raises(ProtocolError):
        answer_with({"t": "plain", "v": number})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Plain("tanh"), "tanh"),
        (OddFloat("-inf"), float("-inf")),
        (Sequence("tuple", (Plain(1), Sequence("list", (Plain(None),), "")), ""), [1, [None]]),
        (evidence.Other("Thing", "h1"), None),
        (None, None),
    ],
    ids=["plain", "odd-float", "nested", "object", "nothing"],
)
def test_plain_values_are_read_as_python_values(value: evidence.Value | None, expected: object) -> None:
    assert plain(value) == expected
