"""Word to services and devices that are no pages: webhooks, push messages, LED strips. No storage."""
