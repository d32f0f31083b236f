"""One route out and back, one file.

The file of a route has its name in the table of `maskcheck.model.route`, with _ for -, and defines
``travel(traveller)``, which yields a trip for each form of the route, or why there is none.
"""
