package ai.artcafe.tracker.reading.broker;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.reading.broker.AccountMessages.Counted;
import ai.artcafe.tracker.reading.broker.ChangedAccounts.Due;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangedAccountsTest {

    private static final String SERVER = "NSERVER";
    private static final Slot ONE = Slot.number(1);
    private static final Slot TWO = Slot.number(2);

    private final ChangedAccounts accounts = new ChangedAccounts(10);
    private final Map<Slot, Counted> counted = new HashMap<>();

    @BeforeEach
    void hasBeenListed() {
        carry(ONE, 1);
        carry(TWO, 1);
        for (int poll = 0; poll < 2; poll++) {
            accounts.listed(SERVER, due());
        }
        assertThat(due()).isEqualTo(new Due.Of(Set.of()));
    }

    @Test
    void an_account_that_moved_is_listed_and_once_more_after_it_has_come_to_rest() {
        carry(ONE, 2);
        Due first = due();
        accounts.listed(SERVER, first);
        Due second = due();
        accounts.listed(SERVER, second);

        assertThat(first).isEqualTo(new Due.Of(Set.of(ONE)));
        assertThat(second).isEqualTo(new Due.Of(Set.of(ONE)));
        assertThat(due()).isEqualTo(new Due.Of(Set.of()));
    }

    @Test
    void an_account_stays_due_until_its_lists_have_come() {
        carry(ONE, 2);
        for (int poll = 0; poll < 4; poll++) {
            assertThat(due()).isEqualTo(new Due.Of(Set.of(ONE)));
        }
    }

    @Test
    void an_event_makes_an_account_due_whatever_its_counters_say() {
        accounts.touched(SERVER, "S0002");
        accounts.touched(SERVER, "SYS");
        accounts.touched("NOTHER", "S0001");

        assertThat(due()).isEqualTo(new Due.Of(Set.of(TWO)));
    }

    @Test
    void all_are_listed_at_every_tenth_poll_and_when_that_is_cheaper() {
        for (int poll = 2; poll < 10; poll++) {
            assertThat(due()).isEqualTo(new Due.Of(Set.of()));
        }
        assertThat(due()).isEqualTo(new Due.All());

        carry(ONE, 2);
        carry(TWO, 2);
        assertThat(due()).isEqualTo(new Due.All());
    }

    private void carry(Slot slot, long messages) {
        counted.put(slot, new Counted(100, new Traffic(messages, messages), new Traffic(0, 0)));
    }

    private Due due() {
        return accounts.due(
                new AccountMessages.Answer(
                        new ServerFacts(SERVER, "", "2.10.27"), 200, Map.copyOf(counted)));
    }
}
