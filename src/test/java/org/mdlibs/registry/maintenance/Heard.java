package org.mdlibs.registry.maintenance;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a run tells. */
final class Heard implements Listener {
  private final List<Finding> findings = new ArrayList<>();

  @Override
  public void found(Finding finding) {
    findings.add(finding);
  }

  @Override
  public void progress(Progress progress) {}

  /** {@code event key} of each finding, in order. */
  List<String> events() {
    return findings.stream().map(f -> f.event() + " " + f.key()).toList();
  }
}
