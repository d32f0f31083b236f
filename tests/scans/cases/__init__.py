"""What is said of the layers in fixtures/cases."""
