package org.mdlibs.registry.maintenance;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Keeps the first thousand findings, for an answer of one piece. */
final class Findings implements Listener {
  private static final int MOST = 1000;

  private final List<Finding> kept = new ArrayList<>();
  private boolean truncated;

  @Override
  public void found(Finding finding) {
    if (kept.size() < MOST) {
      kept.add(finding);
    } else {
      truncated = true;
    }
  }

  @Override
  public void progress(Progress progress) {
    // An answer of one piece tells none.
  }

  /**
   * A run's whole answer.
   *
   * @param truncated true when there were more findings than these; absent otherwise
   */
  @Schema(name = "StorageFindings")
  public record Document(
      @Schema(oneOf = {Verification.Report.class, Collector.Report.class}) Record report,
      List<Finding> findings,
      @Schema(nullable = true) Boolean truncated) {}

  Document with(Record report) {
    return new Document(report, List.copyOf(kept), truncated ? Boolean.TRUE : null);
  }
}
