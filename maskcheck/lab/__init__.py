"""Live layers: the only package that imports TensorFlow, Keras and the user's code.

A task comes in at `entry`, and the report goes out there. In between, by folder:

- ``api``: Keras 3 and Keras 2 under the same names.
- ``layer``: what one live layer is: its parts, variables, attributes and constructor arguments.
- ``process``: devices, settings and imports of the process that a layer is examined in.
- ``calls``: a layer is built from a case, called and observed; a `Traveller` is one ready to be sent away.
- ``routes``: the ways out and back, one file each.
- ``diagnosis``: why something differs: by itself, by Keras' own classes, or for what cause.
- ``journey``: all that is done with one case: prepare, travel, explain.
- ``infer``: a case for a class that has none in the spec.
- ``probe``: second values for arguments that the cases leave unproven.
- ``in_process``: a layer that exists already, checked in the process of its owner.
"""
