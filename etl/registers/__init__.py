"""The registers people keep in data/reference: provinces, bodies, movements, duties, laws, corrections; and the review that fills them."""
