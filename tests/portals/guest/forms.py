"""A page's form as a browser without scripts would send it."""

from __future__ import annotations

from html.parser import HTMLParser

from wayfare.facts import read_document


class Sent(HTMLParser):
    """What the form `told` of a page holds: hidden fields, what was typed, and what is ticked."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.action, self.fields, self.errors, self.title = "", {}, [], ""
        self.buttons: list[dict[str, str]] = []
        self._text, self._of = "", ""
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if tag == "form" and at.get("id") == "told":
            self.action = at.get("action", "")
        is_sent = at.get("type") not in ("radio", "checkbox", "file") or "checked" in at
        if tag == "input" and "name" in at and is_sent:
            self.fields[at["name"]] = at.get("value", "")
        if tag == "button":
            self.buttons.append({name: value or "" for name, value in attrs})
        if tag in ("textarea", "h1") or "govuk-error-message" in at.get("class", ""):
            self._of, self._text = at.get("name", tag), ""

    def handle_data(self, data):
        self._text += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.fields[self._of] = self._text.removeprefix("\n")
        if tag == "h1" and self._of == "h1":
            self.title = " ".join(self._text.split())
        if tag == "p" and self._of == "p":
            self.errors.append(" ".join(self._text.split()))
        if tag in ("textarea", "h1", "p"):
            self._of = ""


def press(client, page, *, at="", go="", **typed):
    """The next page: the form with what is typed, sent by its main button or by the one that leads to `at`."""
    form = Sent(page.text)
    names = {name.replace("__", "-"): value for name, value in typed.items()}
    return client.post(at or form.action, data={**form.fields, "go": go, **names})


def life_in(page):
    """The document that a page carries."""
    return read_document(Sent(page.text).fields["document"])
