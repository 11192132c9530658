"""Limits: what the rules let through, at any moment."""
