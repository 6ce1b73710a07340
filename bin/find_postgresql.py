"""Print the address of a PostgreSQL server of this machine on which databases can be created, or exit with 1."""

import getpass
import sys

import psycopg

for user in (getpass.getuser(), "postgres"):
    address = f"postgresql://{user}@127.0.0.1:5432/postgres"
    try:
        with psycopg.connect(address, connect_timeout=3):
            print(address)
            sys.exit(0)
    except psycopg.Error:
        continue
sys.exit(1)
