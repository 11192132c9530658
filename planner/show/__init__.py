"""Show a plan to a person."""
