package org.mdlibs.registry.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.testing.ArchiveBuilder;

class SpooledArchiveTest {
  @TempDir Path folder;

  @Test
  void counts_and_hashes_what_it_takes_to_a_file() throws Exception {
    byte[] bytes = ArchiveBuilder.archive("notes", "1.0.0").bytes();
    try (var archive = spool(new ByteArrayInputStream(bytes), ArchiveLimits.DEFAULT)) {
      assertThat(archive.file()).hasBinaryContent(bytes).hasParent(folder);
      assertThat(archive.file().getFileName().toString()).startsWith("upload-");
      assertThat(archive.size()).isEqualTo(bytes.length);
      assertThat(archive.sha256())
          .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
      assertThat(archive.inspect().orThrow().files()).isEqualTo(2);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void takes_an_archive_of_exactly_the_limit_and_none_larger() throws Exception {
    var limits = new ArchiveLimits(1_000, 1, 1, 1);
    try (var archive = spool(new ByteArrayInputStream(new byte[1_000]), limits)) {
      assertThat(archive.size()).isEqualTo(1_000);
    }
    assertRefused(new byte[1_001], limits, ProblemType.ARCHIVE_TOO_LARGE);
  }

  @Test
  void stops_reading_when_the_limit_is_passed() {
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            return length;
          }
        };
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> spool(endless, ArchiveLimits.DEFAULT))
        .returns(ProblemType.ARCHIVE_TOO_LARGE, ProblemException::type);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refuses_an_empty_archive_when_it_is_read() throws Exception {
    try (var archive = spool(new ByteArrayInputStream(new byte[0]), ArchiveLimits.DEFAULT)) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> archive.inspect().orThrow())
          .returns(ProblemType.ARCHIVE_EMPTY, ProblemException::type);
    }
  }

  @Test
  void leaves_nothing_behind_when_the_sender_goes_away() {
    var broken =
        new SequenceInputStream(
            new ByteArrayInputStream(new byte[100_000]),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }

              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                return read();
              }
            });
    assertThatIOException()
        .isThrownBy(() -> spool(broken, ArchiveLimits.DEFAULT))
        .withMessage("connection reset");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void closes_quietly_when_its_file_was_moved_away() throws Exception {
    try (var archive = spool(new ByteArrayInputStream(new byte[1]), ArchiveLimits.DEFAULT)) {
      Files.move(archive.file(), folder.resolve("kept"));
    }
    assertThat(folder.resolve("kept")).exists();
  }

  private void assertRefused(byte[] bytes, ArchiveLimits limits, ProblemType type) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> spool(new ByteArrayInputStream(bytes), limits))
        .returns(type, ProblemException::type);
    assertThat(folder).isEmptyDirectory();
  }

  private SpooledArchive spool(InputStream in, ArchiveLimits limits) throws IOException {
    return SpooledArchive.spool(in, folder, limits);
  }
}
