"""What keeps a library decent: reports by readers, and what staff do about them."""
