"""Our own drawings as SVG: the body, the hours of a day, what a treatment rules out, and the dose over the weeks."""
