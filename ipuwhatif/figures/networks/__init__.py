"""Networks that users set or bring, in words: what is said of them, and why one is not taken."""
