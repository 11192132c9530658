"""Wording: every sentence that a person reads."""
