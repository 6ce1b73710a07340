"""`python -m maillage` is the command line."""

from maillage.config.cli import main

if __name__ == "__main__":
    main()
