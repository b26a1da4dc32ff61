"""Tickets on paper: the ticket as a picture, printers, their state. No other room, no storage."""
