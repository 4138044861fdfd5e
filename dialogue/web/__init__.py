"""The web side of the ground: headers, forms, access guard, navigation, pages for errors."""
