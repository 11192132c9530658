"""The planner in the browser: local, private, without an account, and as plain forms where there is no script."""
