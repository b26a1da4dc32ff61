"""What happens in a hall: tickets, turns, windows, waits. No Flask, no sockets, no SQL comes in here."""
