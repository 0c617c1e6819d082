package org.mdlibs.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.registry.maintenance.Collector.Mode;
import org.mdlibs.registry.maintenance.Collector.Report;
import org.mdlibs.registry.storage.BlobKey;

class CollectorTest {
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

  private Report collect(Mode mode) throws Exception {
    return new Collector(installation.database(), installation.blobs(), installation.clock(), mode)
        .run(heard);
  }

  @Test
  void removes_old_orphans_and_leftovers_and_nothing_else() throws Exception {
    BlobKey named = installation.publish("named");
    BlobKey young = installation.put("2.0.0", "young");
    BlobKey orphan = installation.put("3.0.0", "orphan");
    Path leftover = installation.incoming();
    Path fresh = installation.incoming();
    Path strangers = installation.file(named).resolveSibling("notes.txt");
    Files.writeString(strangers, "not ours");
    Installation.age(strangers);
    Installation.age(installation.file(named));
    Installation.age(installation.file(orphan));
    Installation.age(leftover);
    assertThat(collect(Mode.CAREFUL)).isEqualTo(new Report("report", false, 2, 10, 0));
    assertThat(installation.file(named)).exists();
    assertThat(installation.file(young)).exists();
    assertThat(installation.file(orphan)).doesNotExist();
    assertThat(leftover).doesNotExist();
    assertThat(strangers).exists();
    assertThat(fresh).exists();
    assertThat(collect(Mode.CAREFUL)).isEqualTo(new Report("report", false, 0, 0, 0));
  }

  @Test
  void a_dry_run_tells_the_same_and_removes_nothing() throws Exception {
    BlobKey orphan = installation.put("3.0.0", "orphan");
    Installation.age(installation.file(orphan));
    assertThat(collect(Mode.DRY_RUN)).isEqualTo(new Report("report", true, 1, 6, 0));
    assertThat(heard.events()).containsExactly("orphan " + orphan);
    assertThat(installation.file(orphan)).exists();
  }

  @Test
  void a_storage_of_nothing_but_orphans_is_taken_for_another_databases() throws Exception {
    BlobKey orphan = installation.put("3.0.0", "orphan");
    Installation.age(installation.file(orphan));
    assertThatThrownBy(() -> collect(Mode.CAREFUL)).hasMessageContaining("belong together");
    assertThat(installation.file(orphan)).exists();
    assertThat(collect(Mode.FORCED).removed()).isEqualTo(1);
    assertThat(installation.file(orphan)).doesNotExist();
  }

  /** What happens between the listing and the removal: when the removal asks for its connection. */
  private interface Event {
    void happen() throws Exception;
  }

  private Report collectWhile(Event event) throws Exception {
    var asked = new AtomicInteger();
    DataSource database =
        (DataSource)
            Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                  if (asked.incrementAndGet() == 2) {
                    event.happen();
                  }
                  return method.invoke(installation.database(), arguments);
                });
    return new Collector(database, installation.blobs(), installation.clock(), Mode.FORCED)
        .run(heard);
  }

  @Test
  void leaves_an_orphan_that_gets_its_version_at_the_last_moment() throws Exception {
    BlobKey orphan = installation.put("1.0.1", "again");
    Installation.age(installation.file(orphan));
    Report report =
        collectWhile(
            () -> {
              installation.publish("again");
              Installation.age(installation.file(orphan));
            });
    assertThat(report.removed()).isZero();
    assertThat(installation.file(orphan)).exists();
  }

  @Test
  void leaves_an_orphan_that_is_put_again_at_the_last_moment() throws Exception {
    BlobKey orphan = installation.put("1.0.1", "again");
    Installation.age(installation.file(orphan));
    assertThat(collectWhile(() -> installation.put("1.0.1", "again")).removed()).isZero();
    assertThat(installation.file(orphan)).exists();
  }
}
