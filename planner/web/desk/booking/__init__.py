"""Appointments: what is booked, what a clinic's file says of it, and when it is best to book."""
