package org.mdlibs.registry.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.testing.ArchiveBuilder;

/** Archives that were changed at random: each is taken or refused by a rule, none does harm. */
class HostileArchivesTest {
  private static final ArchiveLimits LIMITS = new ArchiveLimits(100_000, 1_000_000, 100, 100_000);
  private static final byte[] TAR =
      ArchiveBuilder.archive("notes", "1.0.0")
          .folder("templates/")
          .file("docs/" + "long".repeat(40) + ".md", "# Long\n")
          .file("docs/ü.md", "# Ü\n".repeat(300))
          .tar();
  private static final byte[] ARCHIVE = ArchiveBuilder.gzip(TAR);

  private final Set<ProblemType> seen = EnumSet.noneOf(ProblemType.class);

  @Test
  void bears_any_damage_to_the_compressed_bytes() throws IOException {
    for (int seed = 0; seed < 20_000; seed++) {
      check(damage(ARCHIVE, new Random(seed)), seed);
    }
    assertThat(seen).contains(ProblemType.ARCHIVE_NOT_GZIP, ProblemType.ARCHIVE_TRUNCATED);
  }

  @Test
  void bears_any_damage_to_the_tar() throws IOException {
    for (int seed = 0; seed < 3_000; seed++) {
      check(ArchiveBuilder.gzip(damage(TAR, new Random(seed))), seed);
    }
    assertThat(seen).contains(ProblemType.ARCHIVE_NOT_TAR, ProblemType.ARCHIVE_TRUNCATED);
  }

  @Test
  void bears_any_header_whose_checksum_is_right() throws IOException {
    for (int seed = 0; seed < 5_000; seed++) {
      var random = new Random(seed);
      byte[] tar = TAR.clone();
      int header = 512 * random.nextInt(tar.length / 512 - 3);
      int changes = 1 + random.nextInt(4);
      for (int i = 0; i < changes; i++) {
        // Mostly where it hurts: name, size, type, magic.
        int[] starts = {0, 124, 156, 257, 345};
        int position = starts[random.nextInt(starts.length)] + random.nextInt(12);
        byte[] values = {0, '.', '/', '\\', '0', '7', ' ', (byte) 0x80, (byte) 0xff, 'x', 'L', 'g'};
        tar[header + position] = values[random.nextInt(values.length)];
      }
      RawTar.withChecksum(tar, header);
      check(ArchiveBuilder.gzip(tar), seed);
    }
    assertThat(seen)
        .contains(
            ProblemType.ARCHIVE_UNKNOWN_ENTRY,
            ProblemType.ARCHIVE_PATH_EMPTY_SEGMENT,
            ProblemType.ARCHIVE_PATH_NOT_UTF8,
            ProblemType.ARCHIVE_INVALID_SIZE,
            ProblemType.ARCHIVE_FILE_TOO_LARGE,
            ProblemType.ARCHIVE_TRUNCATED);
  }

  private void check(byte[] archive, int seed) throws IOException {
    try {
      Archives.inspect(new ByteArrayInputStream(archive), LIMITS).orThrow();
    } catch (ProblemException e) {
      seen.add(e.type());
      assertThat(e.type().status()).as("seed %d", seed).isIn(413, 422);
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private static byte[] damage(byte[] bytes, Random random) {
    byte[] damaged = bytes.clone();
    switch (random.nextInt(4)) {
      case 0 -> damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length + 600));
      case 1 -> {
        int from = random.nextInt(damaged.length);
        int length = random.nextInt(damaged.length - from);
        System.arraycopy(bytes, random.nextInt(bytes.length - length), damaged, from, length);
      }
      default -> {
        int flips = 1 + random.nextInt(3);
        for (int i = 0; i < flips; i++) {
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
    }
    return damaged;
  }
}
