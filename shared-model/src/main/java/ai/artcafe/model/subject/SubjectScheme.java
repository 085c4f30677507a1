package ai.artcafe.model.subject;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.SubjectClass.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which subjects are a tenant's, and how the ones that its agents use relative to the tenant map to
 * those on NATS.
 *
 * <p>A namespace template is a subject prefix with {@code {tenant}} in the place of the tenant; the
 * first is the one that relative subjects are published under, the others are older forms of it.
 */
public final class SubjectScheme {

    /** The templates in use since the first SDKs. */
    public static final List<String> DEFAULT_NAMESPACES =
            List.of("tenant.{tenant}", "agents.{tenant}", "{tenant}");

    /** The name under which traffic that fits no template is shown; no tenant can have it. */
    public static final String UNATTRIBUTED = "unattributed";

    private static final String TENANT = "{tenant}";
    private static final String CLIENT = "{client}";

    private static final List<ControlTemplate> CONTROL =
            List.of(
                    new ControlTemplate(
                            "_HEARTBEAT.tenant.{tenant}.client.{client}", Kind.HEARTBEAT),
                    new ControlTemplate("_heartbeat.{tenant}.{client}", Kind.HEARTBEAT),
                    new ControlTemplate("_PRESENCE.tenant.{tenant}.client.{client}", Kind.PRESENCE),
                    new ControlTemplate("_METRICS.tenant.{tenant}.client.{client}", Kind.METRICS));

    private final List<Namespace> namespaces;
    private final Set<String> reserved;

    /**
     * A template in parts.
     *
     * @param before what comes before the tenant
     * @param after what comes after it
     */
    private record Namespace(String template, String before, String after) {

        static Namespace of(String template) {
            int tenant = template.indexOf(TENANT);
            return new Namespace(
                    template,
                    template.substring(0, tenant),
                    template.substring(tenant + TENANT.length()));
        }

        String prefix(TenantId tenant) {
            return before + tenant.value() + after;
        }

        /** Where what is relative to the tenant begins; 0 when the subject is not under it. */
        int relativeFrom(TenantId tenant, String subject) {
            int tenantEnd = before.length() + tenant.value().length();
            int end = tenantEnd + after.length();
            return subject.length() > end
                            && subject.charAt(end) == '.'
                            && subject.startsWith(before)
                            && subject.startsWith(tenant.value(), before.length())
                            && subject.startsWith(after, tenantEnd)
                    ? end + 1
                    : 0;
        }

        boolean beginsWithTenant() {
            return before.isEmpty();
        }
    }

    private record ControlTemplate(String template, Kind kind) {
        String subject(TenantId tenant, AgentId agent) {
            return template.replace(TENANT, tenant.value()).replace(CLIENT, agent.value());
        }
    }

    /**
     * @param namespaces templates in the order in which they are tried; the most general, {@code
     *     {tenant}}, last
     */
    public SubjectScheme(List<String> namespaces) {
        if (namespaces.isEmpty()) {
            throw new IllegalArgumentException("at least one namespace template is needed");
        }
        for (String template : namespaces) {
            if (Stream.of(template.split("\\.", -1)).filter(TENANT::equals).count() != 1) {
                throw new IllegalArgumentException(
                        "namespace template must hold {tenant} once, as a token: " + template);
            }
        }
        this.namespaces = namespaces.stream().map(Namespace::of).toList();
        this.reserved =
                Stream.concat(
                                Stream.of(UNATTRIBUTED),
                                namespaces.stream()
                                        .flatMap(template -> Stream.of(template.split("\\.", -1)))
                                        .filter(token -> !token.equals(TENANT)))
                        .collect(Collectors.toUnmodifiableSet());
    }

    public static SubjectScheme standard() {
        return new SubjectScheme(DEFAULT_NAMESPACES);
    }

    /** Whether the id means something else in the scheme, so that no tenant may have it. */
    public boolean isReserved(TenantId tenant) {
        return reserved.contains(tenant.value());
    }

    /**
     * What the subject of a message says of it; the subject is as published, without a slot prefix.
     */
    public SubjectClass classify(String subject) {
        String[] tokens = subject.split("\\.", -1);
        if (tokens[0].equals("_INBOX")) {
            return new SubjectClass.Inbox();
        }
        if (tokens[0].startsWith("_")) {
            return control(tokens).orElseGet(SubjectClass.Unattributed::new);
        }
        return namespaces.stream()
                .map(namespace -> tenantOf(namespace.template, tokens))
                .flatMap(Optional::stream)
                .filter(tenant -> !isReserved(tenant))
                .findFirst()
                .<SubjectClass>map(SubjectClass.TenantTraffic::new)
                .orElseGet(SubjectClass.Unattributed::new);
    }

    /**
     * The subject on NATS for one that an agent of the tenant names: relative ones go under the
     * first namespace, absolute ones of the tenant stay as they are.
     *
     * @return empty when the subject is in another tenant's namespace or in none
     */
    public Optional<Subject> resolve(TenantId tenant, Subject named) {
        if (named.value().startsWith("$") || named.value().startsWith("_")) {
            return Optional.empty();
        }
        for (Namespace namespace : namespaces) {
            if (namespace.relativeFrom(tenant, named.value()) > 0) {
                return Optional.of(named);
            }
        }
        String[] tokens = named.value().split("\\.", -1);
        for (Namespace namespace : namespaces) {
            if (!namespace.beginsWithTenant() && claimsAnotherTenant(namespace.template, tokens)) {
                return Optional.empty();
            }
        }
        return Subject.parse(namespaces.getFirst().prefix(tenant) + "." + named.value());
    }

    /**
     * The subjects on NATS that a subscription named by an agent takes in: a relative one is looked
     * for in every form of the tenant's namespace.
     *
     * @return empty when the subject is in another tenant's namespace or in none
     */
    public List<Subject> subscriptions(TenantId tenant, Subject named) {
        Optional<Subject> resolved = resolve(tenant, named);
        if (resolved.isEmpty()) {
            return List.of();
        }
        if (resolved.get().equals(named)) {
            return List.of(named);
        }
        return namespaces.stream()
                .map(namespace -> Subject.parse(namespace.prefix(tenant) + "." + named.value()))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * The relative form of a subject of the tenant, or empty when it is not one of the tenant's.
     */
    public Optional<String> relativize(TenantId tenant, String subject) {
        for (Namespace namespace : namespaces) {
            int from = namespace.relativeFrom(tenant, subject);
            if (from > 0 && from < subject.length()) {
                return Optional.of(subject.substring(from));
            }
        }
        return Optional.empty();
    }

    /** {@code tenant.{tenant}.channel.{channel}}. */
    public Subject channel(TenantId tenant, ChannelId channel) {
        return new Subject(namespaces.getFirst().prefix(tenant) + ".channel." + channel);
    }

    /** Where the platform tells an agent that it, or its tenant, is over a limit. */
    public Subject limits(TenantId tenant, AgentId agent) {
        return new Subject(namespaces.getFirst().prefix(tenant) + ".agent." + agent + ".limits");
    }

    /** What no agent may publish to, as only the platform speaks there. */
    public List<String> publishDenials(TenantId tenant) {
        return namespaces.stream()
                .map(namespace -> namespace.prefix(tenant) + ".agent.*.limits")
                .toList();
    }

    /**
     * Whether the subject is among {@link #publishDenials}.
     *
     * @param subject as on NATS, one of the tenant's
     */
    public boolean isOfThePlatform(TenantId tenant, String subject) {
        return subject.endsWith(".limits")
                && relativize(tenant, subject)
                        .filter(relative -> relative.matches("agent\\.[^.]+\\.limits"))
                        .isPresent();
    }

    /** {@code tenant.{tenant}.agent.{agent}.request}: what the tenant's users ask an agent. */
    public Subject request(TenantId tenant, AgentId agent) {
        return new Subject(namespaces.getFirst().prefix(tenant) + ".agent." + agent + ".request");
    }

    /** Everything that an agent at the NATS door may publish to. */
    public List<String> publishPermissions(TenantId tenant, AgentId agent) {
        return Stream.of(
                        namespaceWildcards(tenant),
                        CONTROL.stream().map(template -> template.subject(tenant, agent)),
                        Stream.of("_INBOX.>"))
                .flatMap(subjects -> subjects)
                .toList();
    }

    /** Everything that an agent at the NATS door, or the tenant's gateway, may subscribe to. */
    public List<String> subscribePermissions(TenantId tenant) {
        return Stream.concat(namespaceWildcards(tenant), Stream.of("_INBOX.>")).toList();
    }

    /** The subject that the agent's control messages of a kind go to. */
    public Subject control(TenantId tenant, AgentId agent, Kind kind) {
        return CONTROL.stream()
                .filter(template -> template.kind == kind)
                .findFirst()
                .map(template -> new Subject(template.subject(tenant, agent)))
                .orElseThrow();
    }

    /** What all control messages are on, and nothing that is anyone's traffic. */
    public static List<String> controlWildcards() {
        return CONTROL.stream()
                .map(template -> template.template.substring(0, template.template.indexOf('.')))
                .distinct()
                .map(first -> first + ".>")
                .toList();
    }

    private Stream<String> namespaceWildcards(TenantId tenant) {
        return namespaces.stream().map(namespace -> namespace.prefix(tenant) + ".>");
    }

    private static Optional<SubjectClass> control(String[] tokens) {
        for (ControlTemplate template : CONTROL) {
            String[] pattern = template.template.split("\\.", -1);
            if (pattern.length != tokens.length) {
                continue;
            }
            String tenant = "";
            String client = "";
            boolean fits = true;
            for (int i = 0; i < pattern.length && fits; i++) {
                if (pattern[i].equals(TENANT)) {
                    tenant = tokens[i];
                } else if (pattern[i].equals(CLIENT)) {
                    client = tokens[i];
                } else {
                    fits = pattern[i].equals(tokens[i]);
                }
            }
            if (fits) {
                Optional<TenantId> tenantId = TenantId.parse(tenant);
                Optional<AgentId> agentId = AgentId.parse(client);
                if (tenantId.isPresent() && agentId.isPresent()) {
                    return Optional.of(
                            new SubjectClass.Control(tenantId.get(), agentId.get(), template.kind));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<TenantId> tenantOf(String template, String[] tokens) {
        String[] pattern = template.split("\\.", -1);
        if (tokens.length <= pattern.length) {
            return Optional.empty();
        }
        Optional<TenantId> tenant = Optional.empty();
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i].equals(TENANT)) {
                tenant = TenantId.parse(tokens[i]);
            } else if (!pattern[i].equals(tokens[i])) {
                return Optional.empty();
            }
        }
        return tenant;
    }

    /** Whether the subject has the fixed tokens of a template whose tenant is not ours. */
    private static boolean claimsAnotherTenant(String template, String[] tokens) {
        String[] pattern = template.split("\\.", -1);
        for (int i = 0; i < pattern.length && i < tokens.length; i++) {
            if (!pattern[i].equals(TENANT) && !pattern[i].equals(tokens[i])) {
                return false;
            }
        }
        return true;
    }
}
