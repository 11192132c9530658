"""Write a plan's own calendar file, and read it again when the plan is revised."""
