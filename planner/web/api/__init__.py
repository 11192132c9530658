"""The JSON API: the very models of the command line, described by an OpenAPI document that is made from them."""
