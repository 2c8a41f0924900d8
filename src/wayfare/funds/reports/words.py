"""The words of reports in one language: classes, accounts, purposes of lines, heads and whole sentences.

The sentences stand in words.yaml, each with both languages; today's accounts have their labels in the chart. A fund is
called by its place and its insurance.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from wayfare.funds.reports.lines import MEMBER, counterpart_of, purpose_of
from wayfare.kernel import ever_known, region
from wayfare.kernel.wording import filled
from wayfare.ledger.chart import FUND_NAME, INSURANCES, line_of

__all__ = ["ReportWords"]


@cache
def _catalogue() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    text = resources.files("wayfare.funds.reports").joinpath("words.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


class ReportWords:
    """How one language names what reports hold. `ReportWords("zh").head("opening")` is 期初."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, name: str, **values: object) -> str:
        """A whole sentence with its slots filled."""
        return self._get("say", name, **values)

    def title(self, name: str, **values: object) -> str:
        """The title of a report."""
        return self._get("title", name, **values)

    def head(self, name: str) -> str:
        """The head of a column."""
        return self._get("head", name)

    def class_name(self, name: str) -> str:
        """A class of the trial balance."""
        return self._get("class", name)

    def age(self, bucket: str) -> str:
        """A stretch of age in days, `over 365`."""
        return self._get("age", bucket)

    def value(self, text: str) -> str:
        """A figure as it is shown: yes and no in words of the language, all else as it stands."""
        return self._get("truth", text) if text in _catalogue()["truth"] else text

    def meaning(self, name: str) -> str:
        """What a line was for."""
        return self._get("meaning", name)

    def account(self, name: str, *, count: int = 0) -> str:
        """What an account is called, with whom it is; `count` for all members' accounts as one."""
        if name == MEMBER:
            return self._get("account", MEMBER, count=f"{count:,}")
        if (line := line_of(name)) is not None:
            mark = "：" if self.language == "zh" else ": "
            return line.label[self.language] + (mark + who if (who := self.party(name)) else "")
        return self._get("account", purpose_of(name), **{"with": self.party(name)})

    def party(self, account: str) -> str:
        """Whom an account is with; empty for one that stands alone."""
        line = line_of(account)
        who = account[len(line.purpose) + 1 :] if line else counterpart_of(account)
        if line is not None and line.purpose == "benefits_payable" and who in _catalogue()["kind"]:
            return self._get("kind", who)
        return self._get("with", who) if line is None and who in _catalogue()["with"] else self.counterpart(who)

    def counterpart(self, name: str) -> str:
        """Another fund or a place by its name, anyone else as written."""
        if FUND_NAME.fullmatch(name):
            return self.fund(name)
        return self._place(name) if name.isdigit() and len(name) == 6 else name

    def fund(self, name: str) -> str:
        """What a fund is called: Guangdong, employees’ pension."""
        place, _, insurance = name.partition(":")
        named = INSURANCES.get(insurance, {}).get(self.language, insurance)
        return self._get("say", "fund", place=self._place(place), insurance=named)

    def _place(self, code: str) -> str:
        if not ever_known(code):
            return code
        return region(code).name_zh if self.language == "zh" else region(code).name_en

    def _get(self, part: str, name: str, **values: Any) -> str:
        text = _catalogue()[part][name][self.language]
        return filled(text, **values) if values else text
