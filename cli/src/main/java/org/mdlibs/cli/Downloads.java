package org.mdlibs.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.mdlibs.cli.LockFile.Locked;
import org.mdlibs.cli.Registry.Source;
import org.mdlibs.cli.RegistryApi.CutOff;

/** Gets archives, several at once, from the cache where they are there. */
final class Downloads {
  private static final int PARALLEL = 6;
  private static final int ATTEMPTS = 3;

  private final OnlineCommand command;
  private final Settings settings;
  private final Registry registry;
  private final ArchiveCache cache;
  private final boolean offline;
  private RegistryApi api;

  Downloads(OnlineCommand command, boolean offline) {
    this.command = command;
    this.settings = command.settings();
    this.registry = settings.registry();
    this.cache = new ArchiveCache(command.session.cacheFolder());
    this.offline = offline;
  }

  boolean offline() {
    return offline;
  }

  /** The API of the registry that new things are resolved at. */
  RegistryApi api() {
    if (api == null) {
      api = command.api(settings, registry);
    }
    return api;
  }

  List<Locked> remembered(Reference reference) throws IOException {
    return cache.remembered(registry.toString(), reference);
  }

  /** Notes what the registry said of a version. */
  void resolved(Locked locked, boolean yanked) {
    if (yanked) {
      command.terminal.warn(locked + " was yanked by its publisher");
    }
    try {
      cache.remember(locked);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The archives of some libraries, each with its promised SHA-256.
   *
   * @throws Failure of the first that failed; the others are given up
   */
  Map<Locked, Path> fetch(List<Locked> libraries) throws IOException {
    var archives = new LinkedHashMap<Locked, Path>();
    var missing = new ArrayList<Locked>();
    for (Locked library : libraries) {
      Optional<Path> cached = cache.find(library);
      if (cached.isPresent()) {
        archives.put(library, cached.get());
      } else if (offline) {
        throw new Failure(
            ExitCode.NETWORK,
            library + " is not in the cache.",
            "Install it once without --offline.");
      } else {
        missing.add(library);
      }
    }
    if (missing.isEmpty()) {
      return archives;
    }
    // Made here, one by one: reading settings and warning are not for several threads.
    var apis = new LinkedHashMap<String, RegistryApi>();
    for (Locked library : missing) {
      apis.computeIfAbsent(library.registry(), this::apiOf);
    }
    long total = missing.stream().mapToLong(Locked::size).sum();
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(PARALLEL, missing.size()));
    try (var progress = new Progress(command.terminal, "Downloading", total)) {
      var futures = new LinkedHashMap<Locked, Future<Path>>();
      for (Locked library : missing) {
        RegistryApi api = apis.get(library.registry());
        futures.put(library, threads.submit(() -> download(api, library, progress)));
      }
      for (Map.Entry<Locked, Future<Path>> future : futures.entrySet()) {
        archives.put(future.getKey(), await(future.getValue()));
      }
    } finally {
      threads.shutdownNow();
    }
    return archives;
  }

  private Path download(RegistryApi from, Locked library, Progress progress) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return cache.download(from, library, progress);
      } catch (CutOff e) {
        if (attempt == ATTEMPTS) {
          throw new Failure(
              ExitCode.NETWORK,
              "The download of " + library + " was cut off: " + e.getMessage() + ".",
              "Try again.",
              e);
        }
      }
    }
  }

  private static Path await(Future<Path> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.FAILED, "Interrupted.", "Run it again.", e);
    }
  }

  /**
   * The API of the registry that the lock names; one that the user names in this run (a mirror,
   * say) goes before, for the checksum holds wherever the bytes come from.
   */
  RegistryApi apiOf(String locked) {
    boolean chosen = registry.source() == Source.FLAG || registry.source() == Source.ENVIRONMENT;
    Registry from = chosen ? registry : Registry.of(locked, locked, Source.PROJECT);
    return from.url().equals(registry.url()) ? api() : command.api(settings, from);
  }
}
