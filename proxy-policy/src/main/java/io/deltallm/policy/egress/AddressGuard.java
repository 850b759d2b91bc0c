package io.deltallm.policy.egress;

import java.net.InetAddress;
import java.util.Arrays;

/// Whether an address is on the public internet. For every URL that comes from a request: whoever may name a URL must not
/// reach through the gateway what only the gateway can reach (server-side request forgery). Thread-safe, stateless.
///
/// # What is refused
/// What the IANA special-purpose registries do not call globally reachable: this network, private, shared (carrier NAT),
/// loopback, link-local, documentation, benchmarking, multicast and reserved addresses of IPv4 and their like of IPv6. An
/// IPv6 address that carries an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo, ISATAP) is judged by that one too.
public final class AddressGuard {
    private static final Range[] V4 = {
        range("0.0.0.0", 8), range("10.0.0.0", 8), range("100.64.0.0", 10), range("127.0.0.0", 8),
        range("169.254.0.0", 16), range("172.16.0.0", 12), range("192.0.0.0", 24), range("192.0.2.0", 24),
        range("192.88.99.0", 24), range("192.168.0.0", 16), range("198.18.0.0", 15), range("198.51.100.0", 24),
        range("203.0.113.0", 24), range("224.0.0.0", 4), range("240.0.0.0", 4),
        // Azure's virtual public address of the host's own services.
        range("168.63.129.16", 32),
    };
    private static final Range V6_GLOBAL = range("2000::", 3);
    private static final Range[] V6 = {
        // IETF assignments (Teredo among them), benchmarking, documentation.
        range("2001::", 23), range("2001:db8::", 32), range("3fff::", 20),
    };
    private static final Range NAT64 = range("64:ff9b::", 96);
    private static final Range SIX_TO_FOUR = range("2002::", 16);
    private static final byte[] ISATAP = {0x5e, (byte) 0xfe};

    private AddressGuard() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Range(byte[] prefix, int bits) {
        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int whole = bits / 8;
            if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
                return false;
            }
            int rest = bits % 8;
            return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >> (8 - rest) == 0;
        }
    }

    private static Range range(String literal, int bits) {
        return new Range(InetAddress.ofLiteral(literal).getAddress(), bits);
    }

    /// Whether a request may lead the gateway there.
    public static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? isPublicV4(bytes) : isPublicV6(bytes);
    }

    private static boolean isPublicV4(byte[] address) {
        for (Range range : V4) {
            if (range.contains(address)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPublicV6(byte[] address) {
        if (NAT64.contains(address)) {
            return isPublicV4(Arrays.copyOfRange(address, 12, 16));
        }
        if (!V6_GLOBAL.contains(address)) {
            return false;
        }
        for (Range range : V6) {
            if (range.contains(address)) {
                return false;
            }
        }
        if (SIX_TO_FOUR.contains(address)) {
            return isPublicV4(Arrays.copyOfRange(address, 2, 6));
        }
        boolean isatap = address[10] == ISATAP[0] && address[11] == ISATAP[1] && address[9] == 0;
        return !isatap || isPublicV4(Arrays.copyOfRange(address, 12, 16));
    }
}
