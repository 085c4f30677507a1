package ai.artcafe.tracker.reading.broker;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.reading.ServerAccounts;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Asks the servers what all their accounts have carried. */
final class AccountReading {

    private final Requests requests;
    private final ServerStates servers;
    private final ServerNotices notices;
    private final Clock clock;
    private final String monitor = UUID.randomUUID().toString();

    AccountReading(Requests requests, ServerStates servers, ServerNotices notices, Clock clock) {
        this.requests = requests;
        this.servers = servers;
        this.notices = notices;
        this.clock = clock;
    }

    /** By server id, those that have answered in time. */
    Map<String, ServerAccounts> ask(Duration patience) {
        Map<String, ServerAccounts> answers = new ConcurrentHashMap<>();
        Requests.Question question = new Requests.Question();
        Instant at = clock.instant();
        String session = monitor + '/' + servers.gaps();
        requests.send(
                question,
                ChangeReading.STATZ,
                ChangeReading.ALL_ACCOUNTS,
                json -> {
                    AccountMessages.Answer answer = AccountMessages.read(json);
                    answers.put(answer.server().id(), accounts(answer, at, session));
                    return Optional.of(answer.server().id());
                });
        requests.await(question, servers::expected, patience);
        return Map.copyOf(answers);
    }

    private ServerAccounts accounts(AccountMessages.Answer answer, Instant at, String session)
            throws IOException {
        Map<Slot, ServerAccounts.Account> slots = new HashMap<>();
        answer.slots()
                .forEach((slot, counted) ->
                        slots.put(slot, account(answer.server().id(), slot, counted)));
        boolean sentLocal = answer.server().isStandalone() || answer.server().tellsRoutesApart();
        return new ServerAccounts(at, clock.instant(), session, sentLocal, slots);
    }

    private ServerAccounts.Account account(
            String server, Slot slot, AccountMessages.Counted counted) {
        Traffic own = notices.in(server, slot);
        Traffic sent = counted.sent();
        return new ServerAccounts.Account(counted.received(), sent.minus(own), own);
    }
}
