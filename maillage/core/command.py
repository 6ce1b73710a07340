"""What every command of the product shares: a refusal is a sentence on stderr and exit status 1, wrong usage is 2."""

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser, handle_default_options
from django.db import connections
from django.utils.translation import gettext as _

from .errors import Refused
from .middleware import is_storage_trouble


class ProductCommand(BaseCommand):
    """A command of the product. `handle` raises `Refused` (or `CommandError`) with a sentence for the person."""

    requires_system_checks: list[str] = []
    # Django's own options still work; the help of a command shows what is of use to an operator.
    suppressed_base_arguments = {
        "--version",
        "--verbosity",
        "--settings",
        "--pythonpath",
        "--traceback",
        "--no-color",
        "--force-color",
    }

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Django's parser, whose own words are in French."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser._positionals.title, parser._optionals.title = "arguments", "options"
        for action in parser._actions:
            if "--help" in action.option_strings:
                action.help = "montre cette aide"
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        """Run as Django does, but say a refusal without the name of its class before it."""
        self._called_from_command_line = True
        parsed = self.create_parser(argv[0], argv[1]).parse_args(argv[2:])
        handle_default_options(parsed)
        options = vars(parsed)
        words = options.pop("args", ())
        try:
            self.execute(*words, **options)
        except (Refused, CommandError, ValidationError) as refusal:
            if options["traceback"]:
                raise
            self.stderr.write(sentence(refusal), self.style.ERROR)
            sys.exit(getattr(refusal, "returncode", 1))
        except Exception as trouble:
            if options["traceback"] or not is_storage_trouble(trouble):
                raise
            self.stderr.write(_("Le disque est plein, ou la base de données ne répond pas : %s") % trouble)
            sys.exit(1)
        except KeyboardInterrupt:
            sys.exit(130)
        finally:
            connections.close_all()


def sentence(refusal: Exception) -> str:
    """The words of a refusal, one line a reason."""
    return "\n".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
