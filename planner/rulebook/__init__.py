"""The rulebook: what `rules/` says, typed and checked."""
