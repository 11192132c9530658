"""Editing: what writes or changes the text of a case file, every remark and order kept."""
