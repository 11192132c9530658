"""Events that repeat, or stand in a file in several versions: their rules checked, followed, and what holds now."""
