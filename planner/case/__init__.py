"""The case: one person's input as checked models."""
