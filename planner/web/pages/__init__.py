"""The pages: each takes what was asked for, and gives an answer; what they say stands in `wording/page.toml`."""
