"""One module a kind of page. Each turns the book into the plain values that its template prints."""
