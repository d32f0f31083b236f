"""What the texts of errors mean: tables of patterns, and the one place where they are matched."""
