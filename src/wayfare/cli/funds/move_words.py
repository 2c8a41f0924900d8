"""What the commands about floors and about moves between funds say, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from wayfare.cli.funds.month_words import MonthWords

__all__ = ["MoveWords"]

_SAY: Final = {
    # floor
    "floors": ("account|holds|set aside|free|may fall to", "科目|余额|其中预留|可用|最低余额"),
    "approvals": ("day|account|new floor|document|approved by|reason", "日期|科目|新的最低余额|文件|批准人|理由"),
    "no_approval": (
        "No approval has changed a floor: they are those of the chart.", "没有审批变更过最低余额，均为科目表规定。",
    ),
    "no_limit": ("no limit", "不设下限"),
    "floor_change": (
        "{account} of {fund} may fall to {new}; before: {old}.", "{fund}的{account}最低余额改为{new}，原为{old}。",
    ),
    "floor_holds": (
        "It holds {held} yuan, {free} of it free.", "现有余额{held}元，其中可用{free}元。",
    ),
    "floor_ground": ("{document}, {by}: {reason}", "{document}，{by}：{reason}"),
    "floor_repeated": (
        "It was approved before, in batch {number}: nothing changed.", "该审批此前已记账（第{number}批），没有变化。",
    ),
    "ask_floor": ("Post this approval to {fund}?", "把这项审批记入{fund}的账吗？"),
    # move
    "move": ("{key}: {amount} yuan from {sender} to {receiver}.", "{key}：{amount}元，由{sender}划转到{receiver}。"),
    "no_move": (
        "{key}: {amount} yuan set aside in {sender}, for no move.", "{key}：{sender}预留{amount}元，不是划转。"
    ),
    "parts": ("leaves|arrives|for|amount, yuan", "转出科目|转入科目|所属月份|金额（元）"),
    "sender_has": ("account|holds|set aside|free|may fall to", "转出方科目|余额|其中预留|可用|最低余额"),
    "ground": ("It rests on {decision}.", "依据：{decision}。"),
    "ground_document": ("It rests on the document {decision}.", "依据文件：{decision}。"),
    "until": (
        "It can be confirmed until {last}; after that the money is let go.", "须在{last}（含）以前确认，逾期解除预留。"
    ),
    "for_good": ("It waits until it is confirmed or released.", "在确认或解除以前一直预留。"),
    "would": ("So it would stand then. Nothing is done yet.", "以上为办理后的情况，目前尚未办理。"),
    "open": ("Prepared on {placed}: it waits for confirmation.", "{placed}已预留，等待确认。"),
    "confirmed": ("Confirmed on {on}: the money has moved.", "{on}已确认，资金已划转。"),
    "released": ("Released: nothing has moved.", "已解除预留，资金没有划转。"),
    "ask_prepare": ("Set this money aside in {fund}?", "在{fund}预留这笔资金吗？"),
    "prepare_done": ("Set aside in {fund}. It moves when it is confirmed.", "已在{fund}预留，确认后划转。"),
    "prepare_before": ("It was prepared before: nothing changed.", "此前已预留，没有变化。"),
    "ask_confirm": ("Book this move in both funds, on {on}?", "把这笔划转记入两个基金的账，日期{on}，确认吗？"),
    "confirm_done": (
        "The money has moved: {sent} in {sender}, {received} in {receiver}.",
        "资金已划转：{sender}的{sent}，{receiver}的{received}。",
    ),
    "confirm_before": ("It was confirmed before, on {on}: nothing changed.", "此前已于{on}确认，没有变化。"),
    "ask_release": ("Let this money go in {fund}?", "在{fund}解除这笔预留吗？"),
    "release_done": ("Released: {amount} yuan are free again in {fund}.", "已解除预留：{fund}的{amount}元恢复可用。"),
    "release_before": ("It was released before: nothing changed.", "此前已解除预留，没有变化。"),
    "nothing_done": ("Nothing was changed.", "没有变动。"),
    "ask_expire": ("Let this money go?", "解除以上预留吗？"),
    "expired": ("{fund} let go of {key}: {amount} yuan, set aside since {placed}, until {last}.",
                "{fund}解除预留{key}：{amount}元，{placed}起预留，有效至{last}。"),
    "would_expire": ("{fund} can let go of {key}: {amount} yuan, set aside since {placed}, until {last}.",
                     "{fund}可解除预留{key}：{amount}元，{placed}起预留，有效至{last}。"),
    "none_expired": ("Nothing is past its day on {on}.", "截至{on}没有过期的预留。"),
}  # fmt: skip


class MoveWords(MonthWords):
    """The sentences in one language."""

    SENTENCES: ClassVar[Mapping[str, tuple[str, str]]] = {**MonthWords.SENTENCES, **_SAY}
