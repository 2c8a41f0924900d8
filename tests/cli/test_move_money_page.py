"""The walk of docs/how-to/move-money-between-funds.md, command by command, on two funds."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from cli.test_fund_month import wayfare

__all__ = ["wayfare"]

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "move-money-between-funds.md"
SAID = {
    "prepare": (
        "relation:SH-0012:1: 2,666.73 yuan from Shanghai, employees’ pension to Beijing, employees’ pension.",
        "It can be confirmed until 2024-09-19",
        "此前已预留，没有变化。",
        "It rests on the document notice 9 of 2024.",
    ),
    "list": ("2024-07-29, past", "Set aside here: 3,666.73 yuan.", "其他基金为本基金预留合计3,666.73元"),
    "show": ("It rests on decision D-2024-0012: pension.transfer", "国办发〔2009〕66号 4(2)"),
    "ageing": ("Nothing is open", "Set aside on 2024-07-31, and not moved"),
    "reconcile": ("Set aside on 2024-07-31, and not moved",),
    "confirm": (
        "So it would stand then.",
        "The money has moved: relation:SH-0012:1:sent in 310000:employee_pension, relation:SH-0012:1:received in",
        "It was confirmed before, on 2024-07-31: nothing changed.",
    ),
    "expire": ("let go of help-2024-1: 1,000.00 yuan", "Nothing is past its day on 2024-07-31."),
    "release": ("Released: 1,000.00 yuan are free again in Shanghai, employees’ pension.",),
    "explain": (
        "relation:SH-0012:1:received",
        "It rests on decision D-2024-0012: pension.transfer",
        "It rests on the approval notice 11 of 2024 of 2024-08-05 by Finance bureau: Pooled fund may fall to -500,000",
    ),
    "statement": ("Moved out to another fund", "Pooled part moved in with you"),
    "floor": (
        "No approval has changed a floor",
        "Pooled fund of Shanghai, employees’ pension may fall to -500,000.00; before: 0.00.",
        "Nothing was posted.",
        "floor:pooled_fund:notice 11 of 2024, on 2024-08-05.",
        "最低余额",
    ),
}


def test_the_walk_of_the_page_does_what_the_page_says(wayfare) -> None:
    printed: dict[str, str] = {}
    for line in re.findall(r"^    wayfare (.*)$", PAGE.read_text(encoding="utf-8"), re.M):
        words = shlex.split(line)
        code, said = wayfare(*words)
        assert code == 0, said
        name = words[2] if words[1] == "move" else words[1]
        printed[name] = printed.get(name, "") + said
    missing = [(name, sentence) for name, told in SAID.items() for sentence in told if sentence not in printed[name]]
    assert missing == []
