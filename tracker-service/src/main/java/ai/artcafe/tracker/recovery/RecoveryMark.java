package ai.artcafe.tracker.recovery;

/**
 * Whether Redis holds the ledger of all tenants: set once it does, and gone with everything else
 * when Redis is emptied.
 *
 * <p>Blocking; both methods throw {@link ai.artcafe.tracker.ledger.LedgerUnavailableException} when
 * Redis does not answer.
 */
public interface RecoveryMark {

    boolean isSet();

    void set();
}
