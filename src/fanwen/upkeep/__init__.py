"""Looking after an installation: check, repair, backup, restore."""
