package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.Claim;
import ai.artcafe.tracker.ledger.Sums;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rule of the reconciliation for the WebSocket door of one tenant: what a gateway's link has
 * carried and its sockets' readings have not told, long after they should have, was taken in by a
 * gateway that died. Should the readings come after all, the claim shrinks again.
 *
 * <p>Messages are exact. Bytes are not known to the byte: NATS counts the headers that the gateway
 * adds as well, whose mean is taken off.
 */
final class GatewayCheck {

    /** Bytes of the headers of one message, taken off where their mean is not known yet. */
    static final long HEADERS = 128;

    private static final String NATS = "n:";
    private static final String GATEWAY = "g:";

    private GatewayCheck() {}

    /**
     * What was told of the gateways at one time.
     *
     * @param gateways by gateway id
     */
    record Told(Instant at, Map<String, GatewayBalance> gateways) {

        Told {
            gateways = Map.copyOf(gateways);
        }

        GatewayBalance of(String gateway) {
            return gateways.getOrDefault(gateway, GatewayBalance.NONE);
        }
    }

    /**
     * What follows.
     *
     * @param even by gateway id, what is even between its link and its sockets
     */
    record Outcome(List<Claim> claims, Map<String, GatewayBalance> even) {}

    /** What the ledger tells of the gateways. */
    static Told told(Instant at, Sums sums) {
        Map<String, GatewayBalance> gateways = new HashMap<>();
        sums.links()
                .forEach((source, links) ->
                        links.forEach((gateway, carried) ->
                                gateways.merge(
                                        gateway,
                                        new GatewayBalance(in(carried), Traffic.NONE),
                                        GatewayBalance::plus)));
        sums.agents()
                .forEach((source, carried) ->
                        gateway(source)
                                .ifPresent(gateway ->
                                        gateways.merge(
                                                gateway,
                                                new GatewayBalance(Traffic.NONE, in(carried)),
                                                GatewayBalance::plus)));
        return new Told(at, gateways);
    }

    static Traffic in(Counters counters) {
        return new Traffic(counters.inMessages(), counters.inBytes());
    }

    /** The gateway that a source was a run of. */
    private static Optional<String> gateway(String source) {
        int epoch = source.lastIndexOf('.');
        return source.startsWith(GATEWAY) && epoch > GATEWAY.length()
                ? Optional.of(source.substring(GATEWAY.length(), epoch))
                : Optional.empty();
    }

    /** The NATS server that a source is. */
    static Optional<String> server(String source) {
        return source.startsWith(NATS)
                ? Optional.of(source.substring(NATS.length()))
                : Optional.empty();
    }

    /** The key of a NATS server in the ledger. */
    static String source(String serverId) {
        return ReadingSource.natsServer(serverId).key();
    }

    /**
     * @param even what was even before; a gateway that is not there has begun since
     * @param longAgo at least as long ago as readings may take
     * @param before when it was looked at last
     */
    static Outcome check(
            Map<String, Traffic> claimed,
            Map<String, GatewayBalance> even,
            Told longAgo,
            Told before,
            Told now) {
        List<Claim> claims = new ArrayList<>();
        Map<String, GatewayBalance> evenNow = new HashMap<>(even);
        now.gateways()
                .forEach((gateway, told) -> {
                    GatewayBalance from = even.getOrDefault(gateway, GatewayBalance.NONE);
                    Traffic booked = claimed.getOrDefault(GATEWAY + gateway, Traffic.NONE);
                    if (told.hasShrunkSince(from)) {
                        evenNow.put(gateway, evenBut(told, booked));
                        return;
                    }
                    Traffic least = missing(from, longAgo.of(gateway).link(), told.sockets());
                    Traffic most = missing(from, told.link(), before.of(gateway).sockets());
                    Traffic missing = booked;
                    if (least.messages() > booked.messages()) {
                        missing = least;
                    } else if (most.messages() < booked.messages()) {
                        missing = most;
                    }
                    if (!missing.equals(booked)) {
                        claims.add(claim(gateway, missing, from, told, longAgo.at(), now.at()));
                    } else if (booked.messages() == 0 && told.equals(longAgo.of(gateway))) {
                        evenNow.put(gateway, told);
                    }
                });
        return new Outcome(claims, evenNow);
    }

    private static GatewayBalance evenBut(GatewayBalance told, Traffic booked) {
        return new GatewayBalance(told.link().minus(booked), told.sockets());
    }

    private static Traffic missing(GatewayBalance even, Traffic link, Traffic sockets) {
        Traffic carried = link.minus(even.link());
        Traffic read = sockets.minus(even.sockets());
        long messages = carried.messages() - read.messages();
        if (messages <= 0) {
            return Traffic.NONE;
        }
        double each = headers(even, new GatewayBalance(link, sockets));
        long headers = Math.round(each * carried.messages());
        return new Traffic(messages, Math.max(0, carried.bytes() - headers - read.bytes()));
    }

    /**
     * The mean of what was even; of a gateway that has never been at rest, of all that was told.
     */
    private static double headers(GatewayBalance even, GatewayBalance told) {
        if (even.isOneSided()) {
            return told.isOneSided() ? HEADERS : told.meanHeaders();
        }
        return even.meanHeaders();
    }

    private static Claim claim(
            String gateway,
            Traffic missing,
            GatewayBalance even,
            GatewayBalance told,
            Instant from,
            Instant to) {
        Map<String, String> evidence = new TreeMap<>();
        evidence.put("link_messages", Long.toString(told.link().messages()));
        evidence.put("link_bytes", Long.toString(told.link().bytes()));
        evidence.put("sockets_messages", Long.toString(told.sockets().messages()));
        evidence.put("sockets_bytes", Long.toString(told.sockets().bytes()));
        evidence.put("even_lead_messages", Long.toString(even.lead()));
        evidence.put("header_bytes_per_message", Long.toString(Math.round(headers(even, told))));
        return new Claim(
                GATEWAY + gateway,
                Adjustment.Reason.GATEWAY_LOST,
                new Attribution.Gateway(gateway),
                missing,
                from,
                to,
                Optional.empty(),
                evidence,
                false);
    }
}
