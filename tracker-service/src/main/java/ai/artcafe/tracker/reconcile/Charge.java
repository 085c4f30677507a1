package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.tracker.reading.Suspect;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom a difference is charged to: the agent whose connections show the reason, if they are all of
 * one agent, else no one.
 *
 * @param suspects the connections that show it
 */
record Charge(Attribution attribution, List<Suspect> suspects) {

    /** Connections named in evidence at most; there may be thousands. */
    private static final int NAMED = 10;

    Charge {
        suspects = List.copyOf(suspects);
    }

    /** Of what was kept out of the counters: only breaches of the protocol do that. */
    static Charge ofHidden(List<Suspect> suspects) {
        return of(suspects.stream().filter(Suspect::mayHaveHidden).toList());
    }

    /** Of what no connection's last counters hold. */
    static Charge ofUncounted(List<Suspect> suspects) {
        return of(suspects.stream().filter(s -> !isGateway(s)).toList());
    }

    private static Charge of(List<Suspect> suspects) {
        Set<Attribution> whose = new HashSet<>();
        for (Suspect suspect : suspects) {
            whose.add(
                    suspect.owner()
                            .flatMap(Charge::agent)
                            .<Attribution>map(agent -> agent)
                            .orElse(Attribution.UNATTRIBUTED));
        }
        return new Charge(
                whose.size() == 1 ? whose.iterator().next() : Attribution.UNATTRIBUTED, suspects);
    }

    static boolean isGateway(Suspect suspect) {
        return suspect.owner().filter(ConnectionOwner.Gateway.class::isInstance).isPresent();
    }

    private static Optional<AgentId> agent(ConnectionOwner owner) {
        return owner instanceof ConnectionOwner.Agent(var _, var agent)
                ? Optional.of(agent)
                : Optional.empty();
    }

    /** The connections for people: {@code <server>/<cid> <reason>}. */
    String connections() {
        String named =
                suspects.stream()
                        .limit(NAMED)
                        .map(s -> s.serverId() + "/" + s.cid() + " " + s.reason())
                        .collect(Collectors.joining("; "));
        return suspects.size() > NAMED
                ? named + "; and " + (suspects.size() - NAMED) + " more"
                : named;
    }
}
