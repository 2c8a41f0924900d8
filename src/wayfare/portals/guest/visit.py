"""One request of a guest: the language, what the form holds, and the life that travels in it as one document.

Nothing outlives the request. The document is read and checked again each time; what cannot be read is shown to the
person again as it was sent, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wayfare.facts import Document, read_document
from wayfare.kernel.errors import WayfareError
from wayfare.law import Law
from wayfare.portals.guest.fields import Fault, Form
from wayfare.portals.guest.telling import WANTS
from wayfare.portals.language import Language, Words
from wayfare.portals.page import Links, render

__all__ = ["Visit", "fault_of", "typed", "want_of", "written"]


@dataclass
class Visit:
    """What one request brings, and the page that answers it."""

    language: Language
    law: Law
    today: date
    form: Form = field(default_factory=lambda: Form({}))

    @property
    def words(self) -> Words:
        """The words of the page."""
        return Words(self.language)

    @property
    def go(self) -> str:
        """What the pressed button asks for beside its address: back, add, change-2."""
        return self.form.text("go")

    @property
    def sent(self) -> str:
        """The document as the form sent it; empty when there is none."""
        return self.form.fields.get("document", "")

    def document(self) -> Document:
        """The life in the form. Raises FactsError."""
        return read_document(self.sent)

    def at(self, path: str, language: Language | None = None) -> str:
        """The address of a page in this language, or in another."""
        return f"/{(language or self.language).value}/{path}".rstrip("/")

    def page(self, template: str, path: str, *, title: str, carries: bool = True, **context: Any) -> str:
        """A page at a path. One that carries a life changes its language by its form, another one by a link."""
        other = self.at(path, self.language.other)
        links = Links(switch=other) if carries else Links(other_language=other)
        name = f"guest/{template}.html.jinja"
        return render(name, words=self.words, links=links, title=title, served=True, **context)

    def faults(self) -> list[dict[str, str]]:
        """The faults of the form in words."""
        return [written(fault, self.words) for fault in self.form.faults]


def written(fault: Fault, words: Words) -> dict[str, str]:
    """A fault as the page shows it: the field it leads to, its sentence and its code."""
    said = words.say(f"fault.{fault.key}") if fault.key else ""
    text = " ".join(filter(None, (said, fault.found))) if words.language is Language.ENGLISH else said
    return {"field": fault.field, "text": f"{fault.where}{text}", "code": fault.code}


def fault_of(error: WayfareError, field_name: str, words: Words, where: str = "") -> Fault:
    """An error of the facts as a fault of a form, told in the words of the page."""
    key = f"of.{error.code}" if words.says(f"fault.of.{error.code}") else "of.other"
    return Fault(field_name, key, error.code, where, f"{error.found} {error.next_step}")


def want_of(document: Document) -> str:
    """What the guest wanted to know first, as the document's question says."""
    return next((want for want, question in WANTS.items() if question == document.question), "all")


def typed(values: Mapping[str, object]) -> dict[str, str]:
    """Values as a form shows them: nothing for what is not known."""
    return {name: "" if value is None else str(value) for name, value in values.items()}

