import time
time.sleep_ms(1)
raise ValueError("module failed after a sleep")
