early = "set before failing"
print("raises_mod runs")
raise ValueError("module failed")
