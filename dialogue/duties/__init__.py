"""Who owes what by when, and whether it was kept."""
