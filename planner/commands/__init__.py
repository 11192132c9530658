"""The commands: each reads files, asks the pure middle, and prints."""
