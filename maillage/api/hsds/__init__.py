"""`/api/hsds/`: the directory of services as Open Referral's HSDS API says it, for everybody, to read only."""
