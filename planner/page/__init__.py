"""The page: a plan as HTML, for the browser and for paper; nothing here serves, asks a clock or writes a file."""
