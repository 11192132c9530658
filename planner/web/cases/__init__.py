"""The cases that a server shows: where they lie, what stands in them, how pages change them, what others changed."""
