package ai.artcafe.runtime.status;

/** Where reports go. */
public interface ReportSink {

    /** Returns true once it is kept; blocking. A repetition changes nothing. */
    boolean send(MinuteReport report);
}
