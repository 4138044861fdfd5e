"""Where children are: partners, places and their tree, entry codes and QR."""
