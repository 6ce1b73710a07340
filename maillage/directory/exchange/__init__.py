"""How sheets travel between directories: Open Referral HSDS and data·inclusion, both ways."""
