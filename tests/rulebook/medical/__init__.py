"""Medical reimbursement held against an independent reading of the same figures."""
