"""Appointments: treatments and busy hours at their times."""
