"""Dose: how much, how often and how soon, from what was done and what is planned: breaks, ramps, ceilings, races."""
