"""Calendars: read anybody's calendar file, write the plan's own, bring a server's calendar to show it (RFC 5545)."""
