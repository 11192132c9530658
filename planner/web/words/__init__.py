"""What people type into a page, and what it means."""
