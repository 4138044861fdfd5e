"""The example municipality: made-up people and answers, and 414 real interviews."""
