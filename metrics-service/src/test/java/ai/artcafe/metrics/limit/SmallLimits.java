package ai.artcafe.metrics.limit;

/** Limits that are soon used up: 60 units a minute, and few at once. */
record SmallLimits(boolean enabled, int remembered, int userBurst, int tenantBurst)
        implements RateLimitConfig {

    private static final int PER_MINUTE = 60;

    SmallLimits() {
        this(true, 100, 3, 5);
    }

    @Override
    public int userPerMinute() {
        return PER_MINUTE;
    }

    @Override
    public int tenantPerMinute() {
        return PER_MINUTE;
    }

    @Override
    public int addressPerMinute() {
        return PER_MINUTE;
    }

    @Override
    public int addressBurst() {
        return 2;
    }
}
