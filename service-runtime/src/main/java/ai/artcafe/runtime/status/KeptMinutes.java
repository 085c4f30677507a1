package ai.artcafe.runtime.status;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** Reads the minutes that are kept in Redis; what is not what it should be is left out. */
public final class KeptMinutes {

    private static final Logger LOG = Logger.getLogger(KeptMinutes.class);

    private KeptMinutes() {}

    /**
     * What each service did in a minute.
     *
     * @param hash of {@link ai.artcafe.model.key.RedisKeys#statusMinute}
     */
    public static Map<String, ServiceActivity> services(Map<String, String> hash) {
        Map<String, ServiceActivity> services = new TreeMap<>();
        hash.forEach((field, value) -> {
            int slash = field.indexOf('/');
            if (slash > 0) {
                read(value)
                        .ifPresent(activity ->
                                services.merge(
                                        field.substring(0, slash),
                                        activity,
                                        ServiceActivity::alongside));
            }
        });
        return services;
    }

    /** The same of a longer time, from its parts. */
    public static Map<String, ServiceActivity> inSequence(
            Collection<Map<String, ServiceActivity>> parts) {
        Map<String, ServiceActivity> services = new TreeMap<>();
        parts.forEach(part ->
                part.forEach((service, activity) ->
                        services.merge(service, activity, ServiceActivity::then)));
        return services;
    }

    /**
     * The requests of a tenant's agents in some minutes.
     *
     * @param hashes of {@link ai.artcafe.model.key.RedisKeys#statusRequests}
     */
    public static Map<RequestParty, RequestActivity> requests(
            TenantId tenant, Collection<Map<String, String>> hashes) {
        Map<RequestParty, RequestActivity> requests = new HashMap<>();
        hashes.forEach(hash ->
                hash.forEach((field, value) ->
                        party(tenant, field)
                                .ifPresent(party ->
                                        readRequests(value)
                                                .ifPresent(activity ->
                                                        requests.merge(
                                                                party,
                                                                activity,
                                                                RequestActivity::plus)))));
        return requests;
    }

    private static Optional<RequestParty> party(TenantId tenant, String field) {
        String[] parts = field.split("/", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        return AgentId.parse(parts[2])
                .flatMap(agent ->
                        RequestParty.Side.parse(parts[1])
                                .map(side -> new RequestParty(tenant, agent, side)));
    }

    private static Optional<ServiceActivity> read(String value) {
        try {
            return Optional.of(StatusJson.activity(json(value)));
        } catch (IllegalArgumentException e) {
            LOG.debugf(e, "Kept report not understood");
            return Optional.empty();
        }
    }

    private static Optional<RequestActivity> readRequests(String value) {
        try {
            return Optional.of(StatusJson.requestActivity(json(value)));
        } catch (IllegalArgumentException e) {
            LOG.debugf(e, "Kept requests not understood");
            return Optional.empty();
        }
    }

    /** After the progress. */
    private static String json(String value) {
        return value.substring(value.indexOf(' ') + 1);
    }
}
