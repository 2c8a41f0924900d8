"""The base of every error that Wayfare raises on purpose.

An exception means that a call or our data is wrong; a person's ineligibility is an answer, never an exception. Each
class has a code, and its docstring is the page of that code in docs/errors.md.
"""

from __future__ import annotations

from typing import Any, ClassVar

__all__ = ["WayfareError"]


class WayfareError(Exception):
    """Something is wrong with a call or with data; the message says what was found, where, and what to do next.

    `field` is the path of the offending field of a document (`insurance[0].from`), `line` the line of a stream.
    """

    code: ClassVar[str] = "WF-000"

    def __init__(self, found: str, *, next_step: str, field: str | None = None, line: int | None = None) -> None:
        super().__init__(found)
        self.found, self.next_step, self.field, self.line = found, next_step, field, line

    def __str__(self) -> str:
        return f"{self.code}  {self.found}\n{'':{len(self.code)}}  {self.next_step}"

    def as_document(self) -> dict[str, Any]:
        """The error object of the public interface: code, message (with its next step), field and line."""
        message = f"{self.found} {self.next_step}"
        return {"code": self.code, "message": message, "field": self.field, "line": self.line}
