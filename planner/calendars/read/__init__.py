"""Read calendar files that others wrote: appointments, and times at which the person is busy."""
