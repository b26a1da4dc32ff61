"""What keeps a hall going for years: backups, nightly checks, the operator's commands. No pages come in."""
