"""Candidates: which workouts could stand where, and what each is worth there."""
