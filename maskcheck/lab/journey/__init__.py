"""What is done with one case: the layer is prepared, travels its routes, and what came back is explained."""
