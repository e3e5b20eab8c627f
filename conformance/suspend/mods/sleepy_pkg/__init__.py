import time
time.sleep_ms(1)
pkg_name = "package"
time.sleep_ms(1)
