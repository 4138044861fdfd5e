"""Asked: purpose and promise, age versions, rounds, launch check and life cycle."""
