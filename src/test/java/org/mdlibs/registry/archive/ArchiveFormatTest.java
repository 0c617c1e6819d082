package org.mdlibs.registry.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.problem.ProblemType;

/** Keeps docs/archive-format.md to what the code does. */
class ArchiveFormatTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `((?:ARCHIVE|MANIFEST)_[A-Z0-9_]+)` \\|", Pattern.MULTILINE);

  @Test
  void the_document_has_a_row_for_every_code_and_for_no_other() throws IOException {
    String[] rows =
        ROW.matcher(document()).results().map(row -> row.group(1)).toArray(String[]::new);
    String[] codes =
        Arrays.stream(ProblemType.values())
            .map(ProblemType::name)
            .filter(name -> name.startsWith("ARCHIVE_") || name.startsWith("MANIFEST_"))
            .toArray(String[]::new);
    assertThat(rows).containsExactlyInAnyOrder(codes);
  }

  @Test
  void the_document_tells_the_limits() throws IOException {
    ArchiveLimits limits = ArchiveLimits.DEFAULT;
    assertThat(document())
        .contains(
            limits.maxArchiveBytes() / (1 << 20) + " MiB",
            limits.maxUnpackedBytes() / (1 << 20) + " MiB",
            limits.maxFileBytes() / (1 << 20) + " MiB",
            "%,d".formatted(limits.maxEntries()),
            Manifest.MAX_BYTES / (1 << 10) + " KiB",
            "at most " + Inspection.MAX_FAULTS + " faults");
  }

  private static String document() throws IOException {
    return Files.readString(Path.of("docs/archive-format.md"));
  }
}
