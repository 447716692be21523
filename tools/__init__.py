"""Tools that build and open the course; none of them is part of the library."""
