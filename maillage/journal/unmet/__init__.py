"""Needs without answer: referrals that failed and needs for which no service is known, by need, territory and time.

Who counts, what is protected and why: docs/decisions/0032-unmet-needs-speak.md.
"""
