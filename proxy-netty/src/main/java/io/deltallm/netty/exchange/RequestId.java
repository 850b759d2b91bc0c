package io.deltallm.netty.exchange;

import io.deltallm.codec.http.HeaderName;
import io.deltallm.codec.http.RequestHead;
import java.util.Arrays;
import java.util.SplittableRandom;

/// The id under which an exchange is known to client, log and operator: the client's own `X-Request-ID` where it is fit
/// to be echoed and logged, else 32 random hexadecimal digits.
final class RequestId {
    private static final int MAX_LENGTH = 128;
    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private RequestId() {}

    static byte[] of(RequestHead head, SplittableRandom random) {
        int index = head.find(HeaderName.X_REQUEST_ID);
        if (index >= 0 && fit(head, index)) {
            return Arrays.copyOfRange(head.bytes(), head.valueStart(index), head.valueEnd(index));
        }
        byte[] id = new byte[32];
        writeHex(id, 0, random.nextLong());
        writeHex(id, 16, random.nextLong());
        return id;
    }

    private static boolean fit(RequestHead head, int index) {
        int length = head.valueEnd(index) - head.valueStart(index);
        if (length == 0 || length > MAX_LENGTH) {
            return false;
        }
        for (int i = head.valueStart(index); i < head.valueEnd(index); i++) {
            byte b = head.bytes()[i];
            if (b <= ' ' || b >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static void writeHex(byte[] target, int at, long value) {
        for (int i = 0; i < 16; i++) {
            target[at + i] = HEX[(int) (value >>> (60 - 4 * i)) & 15];
        }
    }
}
