"""Dose: how much, how often and how soon, by what was done and what is planned: breaks, ramps, ceilings, races."""
