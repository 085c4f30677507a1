package ai.artcafe.system.fault;

/** How a stretch of network fails. */
public enum Cut {
    /** Connections are reset, and new ones are reset as soon as they are made. */
    RESET,

    /**
     * Nothing gets through and nobody is told. What was sent meanwhile arrives when the cut is
     * over, as TCP would send it again.
     */
    BLACK_HOLE
}
