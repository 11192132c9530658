"""What each command may be told, one module a command: it costs nothing to load, so that help is there at once."""
