# what a port says of itself: kinds and forms only, the texts are the port's
import platform

text = platform.platform()
print(type(text), text == platform.platform(True, terse=1), text.split('-')[-2] == 'with')
print(type(platform.python_compiler()), platform.python_compiler() != '')
lib, version = platform.libc_ver()
print(type(lib), type(version), (lib + version) == text.split('-')[-1])
try:
    platform.python_compiler(1)
except TypeError as e:
    print('TypeError', e)
print([n for n in sorted(dir(platform)) if n[0] != '_'])
