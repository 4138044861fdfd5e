"""Said: the child's path, the receipt, the letter box, the class screen and other channels."""
