"""The process that a layer is examined in: its settings, devices and imports."""
