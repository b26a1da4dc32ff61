"""What a rating is worth: ratings, schemes, scores. No Flask, no sockets, no SQL comes in here."""
