"""A small fund for the tests of the office: Shanghai's pension fund with two employers and people who pay alone."""

from __future__ import annotations

from pathlib import Path

from wayfare.app.funds.importing import Imported, import_records
from wayfare.law import Law
from wayfare.storage import Database

__all__ = ["FUND", "Office"]

FUND = "310000:employee_pension"
EMPLOYERS = "id,name,place,credit_code\nE1,棉纺厂,310115,913100000000000001\nE2,Hotel,,\n"
ENROLMENTS = (
    "member,employer,basis,from,to\nm1,E1,employee,2023-01,\nm2,E1,employee,2023-01,2024-06\n"
    "m3,E2,employee,2024-06,\nm4,,flexible,2024-01,\nm5,E2,employee,2024-01,\n"
)
WAGES = "member,month,wage\nm1,2024-06,10000.00\nm3,2024-06,5000.00\nm4,2024-06,8000.07\n"


class Office:
    """The office behind a database, taking files in."""

    def __init__(self, database: Database, law: Law, folder: Path, *, fund: str = FUND) -> None:
        self.database, self.law, self.fund, self._folder = database, law, fund, folder

    def take(self, kind: str, text: str | bytes) -> Imported:
        """Take a file of this text in."""
        path = self._folder / f"{kind}.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_records(self.database, self.law, self.fund, kind, path)

    def stock(self) -> None:
        """The records of June 2024: m1 and m3 have employers, m4 pays alone, m2 has left, of m5 no wage is declared."""
        for kind, text in (("employers", EMPLOYERS), ("enrolments", ENROLMENTS), ("wages", WAGES)):
            assert not self.take(kind, text).problems
