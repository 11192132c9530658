"""Somebody else's plan, changed as little as the rules allow. Pure, like all of the middle of the house."""
