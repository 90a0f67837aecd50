"""One module for each kind of act that needs a second person; each declares its `KIND`."""
