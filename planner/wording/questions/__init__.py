"""Questions: sentences about what would be otherwise: a workout elsewhere, an appointment, and what is in the way."""
