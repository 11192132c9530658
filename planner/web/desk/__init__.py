"""The pages that change what a case says: where it hurts, appointments, wishes, rules, and the list of cases."""
