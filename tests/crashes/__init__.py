"""The process dies between any two writes of every way on which money, seats or goods change hands."""
