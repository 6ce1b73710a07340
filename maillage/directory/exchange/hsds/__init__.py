"""Open Referral HSDS 3.1: its tables, and the product's sheets in its objects."""
