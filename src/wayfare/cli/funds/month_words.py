"""What the commands of the month say, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from wayfare.cli.funds.reading import Language
from wayfare.kernel.wording import filled

__all__ = ["MonthWords"]

_SAY: Final[Mapping[str, tuple[str, str]]] = {
    # import
    "again": ("This file was taken in before.", "该文件以前已导入。"),
    "lines": (
        "{lines:,} line{lines:|s} of {kind}: {added:,} new, {corrected:,} correction{corrected:|s}, "
        "{repeated:,} held already, {left_out:,} left out.",
        "{kind}共{lines:,}行：新增{added:,}行，更正{corrected:,}行，原已有{repeated:,}行，未导入{left_out:,}行。",
    ),
    "nothing_added": ("Nothing was added.", "没有新增内容。"),
    "line": ("line {line}: {error}", "第{line}行：{error}"),
    "more_lines": ("... and {more:,} more; --json lists all of them.", "……另有{more:,}行，--json列出全部。"),
    "employers": ("employers", "参保单位"),
    "enrolments": ("enrolments", "参保登记"),
    "wages": ("wages", "缴费工资申报"),
    "payments": ("payments", "银行到账"),
    "rules": ("rules", "经办规则"),
    # payments
    "posted_payments": (
        "{count:,} payment{count:|s} posted, {lost:,} of them to suspense.",
        "已记账到账{count:,}笔，其中{lost:,}笔记入暂收待查。",
    ),
    "matched": ("{id}: {amount} yuan to {payer}", "{id}：{amount}元，记入{payer}"),
    "matched_again": (
        "{id}: {amount} yuan to {payer}, booked anew as {key}: an earlier booking was taken back.",
        "{id}：{amount}元，记入{payer}；原记账已冲销，重新记账编号{key}。",
    ),
    "lost": (
        "{id}: {amount} yuan, payer {reference!r}, matches no payer. Say whose it is with `wayfare fund match`.",
        "{id}：{amount}元，付款人“{reference}”，对不上缴费人。查明后用wayfare fund match认领。",
    ),
    "paid_late": ("{employer} paid late: {amount} yuan of late fee.", "{employer}逾期缴费，加收滞纳金{amount}元。"),
    "fee_back": (
        "{employer}: {amount} yuan of late fee are taken back, for they no longer fit what was paid when.",
        "{employer}：按现在的到账情况，冲回滞纳金{amount}元。",
    ),
    "ask_match": ("Credit payment {id} to {payer} in {fund}?", "把{fund}的到账{id}记入{payer}吗？"),
    "ask_correct_match": (
        "Take payment {id} back and credit it to {payer} in {fund}?", "冲销{fund}的到账{id}，改记入{payer}吗？"
    ),
    # run-month
    "counts": (
        "{fund}, {month}: {enrolled:,} enrolled, {before:,} charged before, {charged:,} to charge.",
        "{fund}，{month}：参保{enrolled:,}人，已核定{before:,}人，本次核定{charged:,}人。",
    ),
    "nothing_to_do": (
        "Nothing to do: everybody who can be assessed is charged.", "没有需要办理的：能核定的人员都已核定。"
    ),
    "shares": (
        "To the pool {pool} yuan, to own accounts {own} yuan.", "进入统筹基金{pool}元，记入个人账户{own}元。"
    ),
    "rule": ("The office gives {name} = {value} ({source}).", "经办机构规定：{name} = {value}（{source}）。"),
    "differing": (
        "{count:,} {count:is|are} charged for another amount, or to another payer, than the records give now: "
        "{names}. --correct --preview shows what would change; --correct takes the month back and posts it anew.",
        "{count:,}人已核定的金额或缴费人与现有记录不符：{names}。"
        "--correct --preview列出变动，--correct冲销后重新核定。",
    ),
    "differing_heads": (
        "member|charged, yuan|by the records|payer charged|payer by the records",
        "人员|已核定（元）|按现有记录|原缴费人|现缴费人",
    ),
    "anew": ("{month} posted anew would be:", "{month}重新核定的结果："),
    "taken_back": ("Taken back: {keys}.", "已冲销：{keys}。"),
    "several": (
        "{count:,} {count:is|are} enrolled by more than one payer in this month. The one begun last is charged; "
        "end the other where it no longer holds.",
        "{count:,}人当月有多个缴费主体登记参保，按最近登记的一个核定；不再有效的请终止。",
    ),
    "silent": (
        "{name} declared nothing; for now it owes {amount} yuan (Social Insurance Law, article 62). Booked once it "
        "declares.",
        "{name}未申报，暂按{amount}元确定应缴数额（社会保险法第六十二条），补办申报后再记账。",
    ),
    "silent_new": (
        "{name} declared nothing and was never charged; the office fixes what it owes.",
        "{name}未申报，也没有上月缴费额，由经办机构确定应缴数额。",
    ),
    "not_assessed": ("{count:,} cannot be assessed: {why}", "{count:,}人无法核定：{why}"),
    "more_members": (" ... and {more:,} more", "……另有{more:,}人"),
    "ask_post": ("Post {key} to {fund}?", "把{key}记入{fund}的账吗？"),
    "ask_correct": (
        "Take the runs of {month} back and post the month anew to {fund}?", "冲销{fund}{month}的核定并重新记账吗？"
    ),
    "posted": ("Posted as batch {number} of {fund}, {key}, on {on}.", "已记账：{fund}第{number}批，{key}，{on}。"),
    "not_posted": ("Nothing was posted.", "没有记账。"),
    "dues": ("payer|members|to the pool|to own accounts|owed, yuan", "缴费人|人数|进入统筹|记入个人账户|应缴（元）"),
    "alone": ("people who pay alone", "灵活就业人员"),
    "more_payers": ("... and {more:,} more; --json lists all of them", "……另有{more:,}家，--json列出全部"),
    # owed
    "owing": (
        "{fund}, {on}: {count:,} employer{count:|s} owe{count:s|} {amount} yuan, {late} yuan of it past its day.",
        "{fund}，{on}：{count:,}家单位应缴未缴{amount}元，其中逾期欠缴{late}元。",
    ),
    "arrears": (
        "employer|month|owed, yuan|late fee so far|to be paid by", "单位|月份|应缴未缴（元）|至今滞纳金|应缴日期"
    ),
    "no_due_day": ("no rule of the office", "经办机构未规定"),
    "late_fees": ("late fees", "滞纳金"),
    "credit": ("{name} has paid {amount} yuan more than is due.", "{name}多缴{amount}元。"),
    "people": (
        "{count:,} {count:person|people} who pay{count:s|} alone owe{count:s|} {amount} yuan; --json lists them.",
        "灵活就业人员{count:,}人共应缴未缴{amount}元，--json列出名单。",
    ),
    "suspense": (
        "In suspense: {id}: {amount} yuan of {on}, payer {reference!r}.",
        "暂收待查：{id}，{on}到账{amount}元，付款人“{reference}”。",
    ),
}


class MonthWords:
    """The sentences in one language."""

    SENTENCES: ClassVar[Mapping[str, tuple[str, str]]] = _SAY

    def __init__(self, language: Language) -> None:
        self.language = language.value
        self._at = list(Language).index(language)

    def say(self, sentence: str, **values: object) -> str:
        """A sentence with its slots filled."""
        return filled(self.SENTENCES[sentence][self._at], **values)

    def heads(self, table: str) -> list[str]:
        """The heads of a table."""
        return self.SENTENCES[table][self._at].split("|")
