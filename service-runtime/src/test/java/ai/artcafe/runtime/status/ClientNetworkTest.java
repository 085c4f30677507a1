package ai.artcafe.runtime.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientNetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, 192.0.2.0/24",
        "255.255.255.255, 255.255.255.0/24",
        "2001:db8:1234:5678:9abc:def0:1:2, 2001:0db8:1234::/48",
        "::1, 0000:0000:0000::/48",
        "fe80::1%eth0, fe80:0000:0000::/48",
        "::ffff:192.0.2.77, 192.0.2.0/24",
        "::ffff:c000:24d, 192.0.2.0/24"
    })
    void anAddressIsCutToItsNetwork(String address, String network) {
        assertThat(ClientNetwork.of(address)).contains(network);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "evil.example",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "::zz",
                "a:b",
                "999.1.1.1",
                "1.2.3.x"
            })
    void whatIsNoAddressIsNotLookedUp(String address) {
        assertThat(ClientNetwork.of(address)).isEmpty();
    }

    @Test
    void twoClientsOfOneNetworkCannotBeToldApart() {
        assertThat(ClientNetwork.of("198.51.100.1")).isEqualTo(ClientNetwork.of("198.51.100.254"));
    }
}
