package org.mdlibs.registry.maintenance;

import java.io.IOException;
import java.io.OutputStream;
import org.mdlibs.registry.json.JsonText;

/**
 * Writes what a run tells, as it comes, one JSON object a line (<a
 * href="https://github.com/ndjson/ndjson-spec">NDJSON</a>); each has an {@code event}.
 */
public final class Lines implements Listener {
  private final OutputStream out;

  /** To a stream, which is flushed after each line and not closed. */
  public Lines(OutputStream out) {
    this.out = out;
  }

  @Override
  public void found(Finding finding) throws IOException {
    write(finding);
  }

  @Override
  public void progress(Progress progress) throws IOException {
    write(progress);
  }

  /** Writes the last line. */
  public void write(Record line) throws IOException {
    out.write(JsonText.of(line));
    out.write('\n');
    out.flush();
  }

  /**
   * The last line of a run that broke off.
   *
   * @param event always {@code failed}
   */
  public record Failed(String event, String detail) {
    /** With a reason that people may read. */
    public static Failed because(String detail) {
      return new Failed("failed", detail);
    }
  }
}
