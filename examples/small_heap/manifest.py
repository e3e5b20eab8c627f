# What tsmp freeze puts into the firmware.
module("framework.py")
