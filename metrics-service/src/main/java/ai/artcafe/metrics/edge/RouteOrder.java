package ai.artcafe.metrics.edge;

/** Where handlers of this service stand among those of the router. */
final class RouteOrder {

    /** Before all of Quarkus' own. */
    static final int FIRST = -1_000;

    private RouteOrder() {}
}
