"""Running an installation: server, static files, start-up assertions, backups."""
