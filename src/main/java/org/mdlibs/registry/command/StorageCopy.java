package org.mdlibs.registry.command;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.config.StorageSettings;
import org.mdlibs.registry.storage.BlobCopy;
import org.mdlibs.registry.storage.BlobCopy.Outcome;
import org.mdlibs.registry.storage.Blobs;
import org.mdlibs.registry.storage.StoredBlob;

/**
 * {@code storage copy}: from one storage to another, each blob checked against the SHA-256 in its
 * key. Tells a line for each blob that was copied or could not be, and a last line with the sums;
 * ends with 1 when a blob could not be copied.
 */
final class StorageCopy implements Command {
  private static final JsonProvider JSON = JsonProvider.provider();

  @Override
  public String name() {
    return "storage copy";
  }

  @Override
  public String usage() {
    return "storage copy --from STORAGE --to STORAGE [--quick]"
        + "   (filesystem:/path, or s3://bucket with MDLIBS_S3_…)";
  }

  @Override
  public Map<String, Boolean> options() {
    return Map.of("--from", true, "--to", true, "--quick", false);
  }

  @Override
  public int run(Options options, PrintStream out) throws IOException {
    RegistryConfig config = RegistryConfig.ofProcess();
    StorageSettings source = storage(config, options, "--from");
    StorageSettings target = storage(config, options, "--to");
    config.check();
    if (source.equals(target)) {
      throw new IllegalArgumentException("--from and --to are the same");
    }
    requireFolder(source);
    try (var temporary = new WorkFolder(config.home());
        var from = new Blobs(source);
        var to = new Blobs(target)) {
      from.open();
      to.open();
      var progress = new Progress(out);
      var copy = new BlobCopy(from, to, options.has("--quick"), temporary.path());
      from.list(blob -> progress.tell(blob, copyOne(copy, blob)));
      return progress.end(source, target);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static StorageSettings storage(RegistryConfig config, Options options, String name) {
    String text = options.get(name);
    try {
      return config.storage(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " " + e.getMessage(), e);
    }
  }

  /** Opening a storage makes its folder, and a typing error must not look like an empty storage. */
  private static void requireFolder(StorageSettings source) {
    if (source instanceof StorageSettings.Folder folder && !Files.isDirectory(folder.path())) {
      throw new IllegalArgumentException("--from names no folder: " + folder.path());
    }
  }

  private static Outcome copyOne(BlobCopy copy, StoredBlob blob) {
    try {
      return copy.copy(blob);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts and tells. */
  private static final class Progress {
    private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    private final PrintStream out;
    private long copiedBytes;

    Progress(PrintStream out) {
      this.out = out;
    }

    void tell(StoredBlob blob, Outcome outcome) {
      counts.merge(outcome, 1L, Long::sum);
      if (outcome == Outcome.PRESENT) {
        return;
      }
      copiedBytes += outcome == Outcome.COPIED ? blob.size() : 0;
      out.println(
          JSON.createObjectBuilder()
              .add("blob", blob.key().value())
              .add("size", blob.size())
              .add("outcome", word(outcome))
              .build());
    }

    int end(StorageSettings source, StorageSettings target) {
      JsonObjectBuilder sums =
          JSON.createObjectBuilder().add("from", source.toString()).add("to", target.toString());
      for (Outcome outcome : Outcome.values()) {
        sums.add(word(outcome), counts.getOrDefault(outcome, 0L));
      }
      out.println(sums.add("copied_bytes", copiedBytes).build());
      return counts.containsKey(Outcome.CORRUPT) || counts.containsKey(Outcome.UNREADABLE)
          ? Commands.FAILED
          : Commands.DONE;
    }

    private static String word(Outcome outcome) {
      return outcome.name().toLowerCase(Locale.ROOT);
    }
  }
}
