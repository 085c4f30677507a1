package ai.artcafe.runtime.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Instead of Redis. */
@ApplicationScoped
public class CollectedReports implements ReportSink {

    private final List<MinuteReport> reports = new CopyOnWriteArrayList<>();

    @Override
    public boolean send(MinuteReport report) {
        reports.add(report);
        return true;
    }

    ServiceActivity total() {
        Kept kept = new Kept();
        reports.forEach(kept::keep);
        return kept.total();
    }
}
