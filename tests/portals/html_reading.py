"""Reading a page as a browser would, strictly: every element closed, every id once, and where it would fetch from."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})


class Page(HTMLParser):
    """A page that was read: faults of nesting, ids, references, texts, and the cells of its tables."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.regions: list[str] = []
        self.pointed: list[str] = []
        self.tags: set[str] = set()
        self.addresses: list[tuple[str, str]] = []
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.table_text: list[str] = []
        self.feed(source)
        self.close()
        self.faults += [f"{tag} is never closed" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        self._note(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self._note(tag, attrs)

    def _note(self, tag, attrs):
        self.tags.add(tag)
        if ("role", "region") in attrs:
            self.regions.append(dict(attrs)["aria-label"])
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value)
            if name in ("aria-labelledby", "for"):
                self.pointed += value.split()
            if name in ("href", "src", "action", "xlink:href", "srcset", "data"):
                self.addresses.append((tag, value))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1] if self.open else 'nothing'}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style",):
            self.texts.append(data)
            if "table" in self.open or "details" in self.open:
                self.table_text.append(data)

    @property
    def text(self) -> str:
        """All words of the page in a row."""
        return " ".join(" ".join(self.texts).split())

    @property
    def tables(self) -> str:
        """All words inside tables and folds."""
        return " ".join(" ".join(self.table_text).split())


def plain(words: str) -> str:
    """Words with ordinary spaces, as a reader sees them."""
    return " ".join(words.split())
