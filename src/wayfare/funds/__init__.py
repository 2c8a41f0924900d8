"""The work of one fund's office: the month's contributions, the payroll, the year's interest, the close, the reports.

Everything here is pure: from records, law and balances to batches and reports. `wayfare.storage` keeps what it needs
and `wayfare.app.funds` carries it out.
"""
