"""Revision: what the calendar shows already, and what keeps its place in it."""
