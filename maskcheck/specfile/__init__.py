"""The spec, ``maskcheck.yaml``: ``read`` makes a Spec of its text, ``write`` makes text of cases.

``yamlfile`` gives every value with its line and column; ``read.match`` finds the entry of each subject.
"""
