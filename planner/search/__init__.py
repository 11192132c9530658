"""The search: the best choice of all, found exactly; it knows days and options, no rule and no person."""
