"""Argon2id at the floor that OWASP advises: 19 MiB, two passes, one lane (about 19 ms of CPU a sign-in)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Django's Argon2 hasher with OWASP's parameters; a password kept with others is hashed again at sign-in."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
