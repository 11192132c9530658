"""The plan in words: its headlines, the text of its events and of a coach's sessions, and all of it kept private."""
