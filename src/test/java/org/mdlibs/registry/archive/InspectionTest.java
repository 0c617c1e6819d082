package org.mdlibs.registry.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.mdlibs.registry.archive.RawTar.pax;
import static org.mdlibs.registry.archive.RawTar.utf8;
import static org.mdlibs.registry.testing.ArchiveBuilder.gzip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/** One reading tells everything that it can find. */
class InspectionTest {
  private static final ArchiveLimits LIMITS = new ArchiveLimits(1 << 20, 1 << 20, 200, 1_000);

  @Test
  void goes_on_after_an_entry_that_is_at_fault() throws IOException {
    byte[] tar =
        new RawTar()
            .file("../a.md", "left")
            .header(utf8("link.md"), '2', 0)
            .file("b.md", "b")
            .file("B.md", "B")
            .file("c.md", "c".repeat(1_001))
            .extension('x', pax("GNU.sparse.major", "1"))
            .file("d.md", "d")
            .extension('x', pax("path", "e.md"))
            .extension('L', "f.md")
            .file("g.md", "g")
            .file("nul", "")
            .file("sub/.mdlibs.toml", "")
            .file(".mdlibs.toml", "[library]\nname = 1\nlicense = 'none of these'\n")
            .tar();
    Inspection inspection = inspect(gzip(tar));
    assertThat(inspection.whole()).isTrue();
    assertThat(inspection.faults())
        .extracting(ArchiveFault::type, ArchiveFault::path)
        .containsExactly(
            tuple(ProblemType.ARCHIVE_PATH_TRAVERSAL, "../a.md"),
            tuple(ProblemType.ARCHIVE_SYMBOLIC_LINK, "link.md"),
            tuple(ProblemType.ARCHIVE_CASE_COLLISION, "B.md"),
            tuple(ProblemType.ARCHIVE_FILE_TOO_LARGE, "c.md"),
            tuple(ProblemType.ARCHIVE_SPARSE_FILE, "d.md"),
            tuple(ProblemType.ARCHIVE_AMBIGUOUS_NAME, "e.md"),
            tuple(ProblemType.ARCHIVE_PATH_WINDOWS_DEVICE, "nul"),
            tuple(ProblemType.MANIFEST_MISPLACED, "sub/.mdlibs.toml"),
            tuple(ProblemType.MANIFEST_INVALID, "library.name"),
            tuple(ProblemType.MANIFEST_INVALID, "library.license"));
  }

  @Test
  void the_problem_is_of_the_first_fault_and_lists_all() throws IOException {
    byte[] tar =
        new RawTar().file("/a.md", "").file("b:.md", "").file("c?.md", "").file("d*", "").tar();
    var e = catchThrowableOfType(ProblemException.class, () -> inspect(gzip(tar)).orThrow());
    assertThat(e.type()).isEqualTo(ProblemType.ARCHIVE_PATH_ABSOLUTE);
    assertThat(e.faults()).extracting("field").containsExactly("/a.md", "b:.md", "c?.md", "d*");
    assertThat(e).hasMessageStartingWith("'/a.md' is absolute").hasMessageEndingWith("And 1 more.");
  }

  @Test
  void tells_what_was_found_before_the_archive_breaks_off() throws IOException {
    byte[] tar = new RawTar().file("../a.md", "").file("b.md", "").open();
    assertThat(inspect(gzip(tar)).faults())
        .extracting(ArchiveFault::type, ArchiveFault::path)
        .containsExactly(
            tuple(ProblemType.ARCHIVE_PATH_TRAVERSAL, "../a.md"),
            tuple(ProblemType.ARCHIVE_NO_END_MARKER, null));
  }

  @Test
  void stops_where_nobody_can_say_where_the_next_entry_begins() throws IOException {
    byte[] tar = new RawTar().header(utf8("a.md"), '1', 512).file("../b.md", "").tar();
    Inspection inspection = inspect(gzip(tar));
    assertThat(inspection.whole()).isFalse();
    assertThat(inspection.faults())
        .extracting(ArchiveFault::type)
        .containsExactly(ProblemType.ARCHIVE_HARD_LINK);
  }

  @Test
  void tells_a_hundred_faults_and_reads_no_further() throws IOException {
    var tar = new RawTar();
    for (int i = 0; i < 150; i++) {
      tar.file("../" + i + ".md", "");
    }
    Inspection inspection = inspect(gzip(tar.tar()));
    assertThat(inspection.whole()).isFalse();
    assertThat(inspection.faults()).hasSize(Inspection.MAX_FAULTS);
  }

  @Test
  void a_document_that_is_refused_is_not_missed_as_well() throws IOException {
    assertThat(inspect(gzip(new RawTar().file("../a.md", "").tar())).faults()).hasSize(1);
    assertThat(inspect(gzip(new RawTar().file("../a.txt", "").tar())).faults())
        .extracting(ArchiveFault::type)
        .containsExactly(ProblemType.ARCHIVE_PATH_TRAVERSAL, ProblemType.ARCHIVE_NO_MARKDOWN);
  }

  @Test
  void the_manifest_may_be_anywhere_in_the_order_and_no_larger_than_its_limit() throws IOException {
    byte[] tar =
        new RawTar()
            .file("a/b.md", "")
            .file("a/.mdlibs.toml", "#".repeat(Manifest.MAX_BYTES + 1))
            .tar();
    var large = new ArchiveLimits(1 << 20, 1 << 20, 200, 1 << 20);
    assertThat(Archives.inspect(new ByteArrayInputStream(gzip(tar)), large).faults())
        .extracting(ArchiveFault::type)
        .containsExactly(ProblemType.MANIFEST_INVALID);
  }

  private static Inspection inspect(byte[] bytes) throws IOException {
    return Archives.inspect(new ByteArrayInputStream(bytes), LIMITS);
  }
}
