"""The pages: each takes what was request, and gives an answer; what they say stands in `wording/page.toml`."""
