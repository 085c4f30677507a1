package ai.artcafe.tracker.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.tracker.ledger.store.Position.State;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PositionTest {

    @Test
    void reads_as_state_opening_closing_agent_and_six_counters() {
        Position position =
                new Position(
                        State.LOST,
                        Instant.ofEpochMilli(1_795_230_245_678L),
                        Optional.of(Instant.ofEpochMilli(1_795_230_299_000L)),
                        new AgentId("a1"),
                        new Counters(1, 2, 3, 4, 5, 9007199254740991L));

        assertThat(position.format())
                .isEqualTo("l 1795230245678 1795230299000 a1 1 2 3 4 5 9007199254740991");
        assertThat(Position.parse(position.format())).isEqualTo(position);
    }

    @Test
    void an_open_one_has_no_time_of_closing() {
        Position position =
                new Position(
                        State.OPEN,
                        Instant.ofEpochMilli(1_795_230_245_678L),
                        Optional.empty(),
                        Attribution.UNATTRIBUTED,
                        Counters.ZERO);

        assertThat(position.format()).isEqualTo("o 1795230245678 0 @unattributed 0 0 0 0 0 0");
        assertThat(Position.parse(position.format())).isEqualTo(position);
    }

    @Test
    void anything_else_is_refused() {
        assertThatThrownBy(() -> Position.parse("o 1 a1 1 2 3"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Position.parse("x 1 0 a1 1 2 3 4 5 6"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x");
    }
}
