"""Opening the letter box and counting: tallies, disclosure control, charts, export."""
