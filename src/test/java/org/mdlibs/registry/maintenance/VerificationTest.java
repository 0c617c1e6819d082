package org.mdlibs.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.registry.maintenance.Verification.Report;
import org.mdlibs.registry.storage.BlobKey;

class VerificationTest {
  @TempDir private Path folder;

  private final Heard heard = new Heard();
  private Installation installation;

  @BeforeEach
  void an_installation() throws Exception {
    installation = Installation.used(folder);
  }

  @AfterEach
  void closes() {
    installation.close();
  }

  private Report verify() throws Exception {
    return new Verification(installation.database(), installation.blobs(), installation.clock())
        .run(heard);
  }

  @Test
  void finds_nothing_wrong_where_nothing_is() throws Exception {
    installation.publish("one");
    installation.publish("");
    assertThat(verify()).isEqualTo(new Report("report", 2, 3, 2, 0, 0, 0, 0, 0, 0, true));
    assertThat(heard.events()).isEmpty();
  }

  @Test
  void of_nothing_says_that_nothing_is_wrong() throws Exception {
    assertThat(verify().whole()).isTrue();
  }

  @Test
  void goes_on_after_each_bad_archive() throws Exception {
    BlobKey missing = installation.publish("gone");
    BlobKey changed = installation.publish("hello");
    BlobKey longer = installation.publish("short");
    BlobKey empty = installation.publish("something");
    installation.publish("good");
    Files.delete(installation.file(missing));
    Files.writeString(installation.file(changed), "hullo");
    Files.writeString(installation.file(longer), "shorter");
    Files.writeString(installation.file(empty), "");
    Report report = verify();
    assertThat(report.missing()).isEqualTo(1);
    assertThat(report.corrupt()).isEqualTo(3);
    assertThat(report.intact()).isEqualTo(1);
    assertThat(report.whole()).isFalse();
    assertThat(heard.events())
        .containsExactlyInAnyOrder(
            "missing " + missing, "corrupt " + changed, "corrupt " + longer, "corrupt " + empty);
  }

  @Test
  void tells_what_cannot_be_read_from_what_is_not_there() throws Exception {
    BlobKey folder = installation.publish("file");
    Files.delete(installation.file(folder));
    Files.createDirectory(installation.file(folder));
    Report report = verify();
    assertThat(report.unreadable()).isEqualTo(1);
    assertThat(report.whole()).isFalse();
  }

  @Test
  void deleted_versions_miss_nothing_and_their_blobs_are_orphans() throws Exception {
    BlobKey deleted = installation.publish("old");
    installation.execute("update library_versions set deleted_at = created_at");
    assertThat(verify().pending()).isEqualTo(1);
    Installation.age(installation.file(deleted));
    Report report = verify();
    assertThat(report.checked()).isZero();
    assertThat(report.orphans()).isEqualTo(1);
    assertThat(report.pending()).isZero();
    assertThat(report.whole()).isTrue();
    assertThat(heard.events()).containsExactly("orphan " + deleted);
  }

  @Test
  void tells_leftovers_that_are_a_day_old() throws Exception {
    Path leftover = installation.incoming();
    assertThat(verify().leftovers()).isZero();
    Installation.age(leftover);
    assertThat(verify().leftovers()).isEqualTo(1);
  }
}
