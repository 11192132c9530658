"""The pages: each takes what was asked, and gives an answer; what they say stands in `wording/page.toml`."""
