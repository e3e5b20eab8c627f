# exp: the WebAssembly build has its binascii in Python, with other errors
# binascii: hexlify, unhexlify, a2b_base64, b2a_base64, crc32, and what they refuse.
import binascii


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


print(binascii.hexlify(b'\x00\x01\xfe\xff'), binascii.hexlify(b''), binascii.hexlify(bytearray(b'ab')))
print(binascii.hexlify(b'\x12\x34\x56', ':'), binascii.hexlify(b'\x12', b':'))
print(binascii.unhexlify(b'0001feFF'), binascii.unhexlify('414243'), binascii.unhexlify(b''))
print(binascii.b2a_base64(b''), binascii.b2a_base64(b'a'), binascii.b2a_base64(b'ab'), binascii.b2a_base64(b'abc'))
print(binascii.b2a_base64(b'\xff\xfe\xfd', newline=False), binascii.b2a_base64(bytes(range(40))))
print(binascii.a2b_base64(b'YQ=='), binascii.a2b_base64('YWI='), binascii.a2b_base64(b'YWJj\n'), binascii.a2b_base64(b''))
print(binascii.a2b_base64(b'Y Q\n=='), binascii.a2b_base64(b'//79'))
print(binascii.crc32(b''), binascii.crc32(b'123456789'), binascii.crc32(b'6789', binascii.crc32(b'12345')))
attempt(lambda: binascii.unhexlify(b'0'))
attempt(lambda: binascii.unhexlify(b'0g'))
attempt(lambda: binascii.unhexlify(5))
attempt(lambda: binascii.hexlify('text') == b'74657874')
attempt(lambda: binascii.a2b_base64(b'YQ'))
attempt(lambda: binascii.a2b_base64(b'Y'))
attempt(lambda: binascii.b2a_base64(5))
attempt(lambda: binascii.crc32(5))
