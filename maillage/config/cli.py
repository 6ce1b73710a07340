"""The command line `maillage`: Django's commands under the product's name."""

import os
import sys


def main() -> None:
    """Run the command named in `sys.argv`; exit 0 (done), 1 (refused, with a sentence on stderr) or 2 (usage)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    from django.core.management import ManagementUtility

    utility = ManagementUtility(sys.argv)
    utility.prog_name = "maillage"
    utility.execute()
