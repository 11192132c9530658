"""Keep a calendar on a CalDAV server as the plan has it."""
