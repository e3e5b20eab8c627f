from time import sleep_ms
sleep_ms(1)
x = "third"
sleep_ms(1)
