import time
time.sleep_ms(1)
from . import pkg_name
time.sleep_ms(1)
name = "sub"
parent_name = pkg_name
