"""Municipalities, departments, staff, roles, sign-in and deputies."""
