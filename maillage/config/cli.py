"""The command line `maillage`: the product's commands, and Django's under the product's name."""

import os
import sys

USAGE = """usage: maillage COMMANDE [options]

Les commandes de Maillage (« maillage COMMANDE --help » les explique) :
{commands}
Celles de Django servent aussi, dont : migrate, shell, dbshell.
"""


def main() -> None:
    """Run the command named in `sys.argv`; exit 0 (done), 1 (refused, with a sentence on stderr) or 2 (usage)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    if sys.argv[1:] in ([], ["help"], ["--help"], ["-h"]):
        sys.stdout.write(USAGE.format(commands="".join(_lines())))
        return
    from django.core.management import ManagementUtility

    utility = ManagementUtility(sys.argv)
    utility.prog_name = "maillage"
    utility.execute()


def product_commands() -> dict[str, str]:
    """The name of each command of the product, and the sentence that says what it does."""
    import django
    from django.core.management import get_commands, load_command_class

    django.setup()
    owners = {name: app for name, app in get_commands().items() if str(app).startswith("maillage.")}
    return {name: str(load_command_class(app, name).help) for name, app in sorted(owners.items())}


def _lines() -> list[str]:
    commands = product_commands()
    width = max(map(len, commands))
    return [f"  {name:<{width}}  {help.splitlines()[0] if help else ''}\n" for name, help in commands.items()]
