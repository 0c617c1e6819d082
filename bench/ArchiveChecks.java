import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.mdlibs.registry.archive.ArchiveLimits;
import org.mdlibs.registry.archive.Archives;

/**
 * Archives a second, one thread: the registry's check beside a reader that believes everything and
 * beside inflating alone, by turns. Prints a line for each: name, median, and slowest of the rounds.
 */
final class ArchiveChecks {
  private static final ArchiveLimits LIMITS =
      new ArchiveLimits(100L << 20, 512L << 20, 20_000, 50L << 20);

  private interface Reading {
    void read(InputStream archive) throws IOException;
  }

  public static void main(String[] args) throws IOException {
    byte[] archive = Files.readAllBytes(Path.of(args[0]));
    int rounds = Integer.parseInt(args[1]);
    int seconds = Integer.parseInt(args[2]);
    int warm = Integer.parseInt(args[3]);
    Map<String, Reading> readings = new LinkedHashMap<>();
    readings.put("inflate", in -> drain(new GZIPInputStream(in, 1 << 16)));
    readings.put("list", ArchiveChecks::list);
    readings.put("check", in -> Archives.inspect(in, LIMITS).orThrow());
    Map<String, double[]> rates = new LinkedHashMap<>();
    for (String name : readings.keySet()) {
      rates.put(name, new double[rounds]);
      rate(archive, readings.get(name), warm);
    }
    for (int round = 0; round < rounds; round++) {
      for (String name : readings.keySet()) {
        rates.get(name)[round] = rate(archive, readings.get(name), seconds);
      }
    }
    rates.forEach(
        (name, values) -> {
          Arrays.sort(values);
          System.out.println(name + " " + values[values.length / 2] + " " + values[0]);
        });
  }

  private static double rate(byte[] archive, Reading reading, int seconds) throws IOException {
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    int count = 0;
    do {
      reading.read(new ByteArrayInputStream(archive));
      count++;
    } while (System.nanoTime() < end);
    return count * 1e9 / (System.nanoTime() - begin);
  }

  private static void list(InputStream in) throws IOException {
    try (var tar = new TarArchiveInputStream(new GZIPInputStream(in, 1 << 16), "UTF-8")) {
      while (tar.getNextEntry() != null) {
        drain(tar);
      }
    }
  }

  private static void drain(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 16];
    while (in.read(buffer) >= 0) {
      // to the end
    }
  }
}
