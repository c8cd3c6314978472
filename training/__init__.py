"""Makes the trained models of the package from their data. Not part of it; see README.md."""
