"""Frames on the private channel between parent and worker.

A frame is ``>II`` (length of the JSON, length of the blob), the JSON in UTF-8,
then the blob. An array stands in the JSON as
``{"t": "array", "dtype": "float32", "shape": [2, 3], "at": [offset, nbytes]}``
and its bytes (C order, little endian) in the blob.
"""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

import numpy as np

HEADER = struct.Struct(">II")
MAX_JSON_BYTES = 8 * 2**20
MAX_BLOB_BYTES = 64 * 2**20
DTYPES = {
    name: np.dtype(name).newbyteorder("<")
    for name in (
        *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        *("float16", "float32", "float64"),
    )
}
"""By name, for ``np.dtype`` understands (and evaluates) far more than names."""


class ProtocolError(Exception):
    """The other side broke the rules of the channel (or is gone)."""


class Blob:
    """Collects the bytes of the arrays of one message."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def add(self, array: np.ndarray) -> dict[str, Any]:
        """Store ``array`` and return what stands for it in the JSON."""
        array = np.asarray(array)
        if array.dtype.name not in DTYPES:
            raise TypeError(f"an array of dtype {array.dtype} cannot travel")
        raw = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()
        entry = {
            "t": "array",
            "dtype": array.dtype.name,
            "shape": list(array.shape),
            "at": [self._size, len(raw)],
        }
        self._parts.append(raw)
        self._size += len(raw)
        return entry

    def tobytes(self) -> bytes:
        """All the arrays' bytes, one after the other."""
        return b"".join(self._parts)


class Channel:
    """One end of the channel, over two binary streams."""

    def __init__(self, reader: BinaryIO, writer: BinaryIO) -> None:
        self._reader = reader
        self._writer = writer

    def send(self, message: dict[str, Any], blob: Blob | None = None) -> None:
        """Write one frame."""
        body = json.dumps(message, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
        raw = blob.tobytes() if blob else b""
        self._writer.write(HEADER.pack(len(body), len(raw)) + body + raw)
        self._writer.flush()

    def receive(self) -> tuple[bytes, bytes]:
        """Read one frame: its JSON, not yet parsed, and its blob.

        Raises:
            EOFError: the other side closed the channel between two frames.
            ProtocolError: a frame that is cut off or larger than allowed.
        """
        header = self._reader.read(HEADER.size)
        if not header:
            raise EOFError
        if len(header) < HEADER.size:
            raise ProtocolError("a frame is cut off")
        json_size, blob_size = HEADER.unpack(header)
        if json_size > MAX_JSON_BYTES or blob_size > MAX_BLOB_BYTES:
            raise ProtocolError("a frame is larger than allowed")
        return self._exactly(json_size), self._exactly(blob_size)

    def _exactly(self, size: int) -> bytes:
        raw = self._reader.read(size)
        if len(raw) < size:
            raise ProtocolError("a frame is cut off")
        return raw


def array_at(entry: dict[str, Any], blob: bytes) -> np.ndarray:
    """Return the array that ``entry`` names in ``blob`` (a read-only view).

    Raises:
        ProtocolError: dtype, shape and bytes do not agree.
    """
    try:
        dtype = DTYPES[entry["dtype"]]
        shape = tuple(entry["shape"])
        start, size = entry["at"]
        if min(shape, default=0) < 0 or not 0 <= start <= start + size <= len(blob):
            raise ValueError
        return np.frombuffer(memoryview(blob)[start : start + size], dtype).reshape(shape)
    except (KeyError, TypeError, ValueError) as problem:
        raise ProtocolError("an array does not fit its description") from problem
