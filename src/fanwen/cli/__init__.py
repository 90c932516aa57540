"""One command, fanwen: a file per subcommand."""
