"""Calendars: write a plan as an iCalendar file (RFC 5545)."""
