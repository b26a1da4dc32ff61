"""What make_longquanyi.py makes the Longquanyi hall of: its lists, and how they become windows and people."""
