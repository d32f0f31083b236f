"""What the texts of errors mean, from the texts alone."""
