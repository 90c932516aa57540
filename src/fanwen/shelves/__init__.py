"""What readers put together and come back to: favourites, collections, saved searches; and what is read most."""
