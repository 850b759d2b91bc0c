package io.deltallm.policy.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AddressGuardTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.9",
        "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1",
        "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1",
        "255.255.255.255",
        "::", "::1", "::127.0.0.1", "::8.8.8.8", "fe80::1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "100::1", "2001::1",
        "2001:2::1", "2001:db8::1", "3fff::1", "5f00::1",
        // An IPv4 address within: NAT64, its local prefix, 6to4, ISATAP.
        "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::8.8.8.8", "2002:7f00:1::", "2002:a9fe:a9fe::1",
        "2002:c0a8:1::1", "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:192.168.0.1"
    })
    void refuses(String literal) {
        assertThat(AddressGuard.isPublic(InetAddress.ofLiteral(literal))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1",
        "169.253.0.1", "172.15.255.255", "172.32.0.0", "192.167.0.1", "192.169.0.1", "198.17.0.1", "198.20.0.1", "223.255.255.255",
        "2606:4700:4700::1111", "2a00:1450:4001::1", "64:ff9b::8.8.8.8", "2002:808:808::1", "2606:4700::5efe:8.8.8.8"
    })
    void allows(String literal) {
        assertThat(AddressGuard.isPublic(InetAddress.ofLiteral(literal))).isTrue();
    }

    @Test
    void judgesAMappedAddressByTheOneWithin() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        mapped[12] = 127;
        mapped[15] = 1;

        assertThat(AddressGuard.isPublic(InetAddress.getByAddress(mapped))).isFalse();
        assertThat(AddressGuard.isPublic(InetAddress.ofLiteral("::ffff:10.0.0.1"))).isFalse();
        assertThat(AddressGuard.isPublic(InetAddress.ofLiteral("::ffff:8.8.8.8"))).isTrue();
    }
}
