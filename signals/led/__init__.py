"""LED strips above windows: what each shows, and drivers that speak to their controllers."""
