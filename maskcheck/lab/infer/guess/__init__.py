"""What to try: values and inputs by their names, annotations and use."""
