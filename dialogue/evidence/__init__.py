"""Proof for the label: figures, chains and the dossier."""
