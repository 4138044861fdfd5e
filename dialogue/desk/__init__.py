"""Staff home: what needs me today, search and overviews."""
