"""Scheduling: from a task to a plan with its reasons."""
