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
  private final ArchiveCache cache;
  private final boolean offline;
  private final Map<String, RegistryApi> resolving = new LinkedHashMap<>();

  Downloads(OnlineCommand command, boolean offline) {
    this.command = command;
    this.settings = command.settings();
    this.cache = new ArchiveCache(command.session.cacheFolder());
    this.offline = offline;
  }

  boolean offline() {
    return offline;
  }

  /** The API of the registry that a library is resolved at. */
  RegistryApi api(Reference reference) {
    return api(settings.registry(reference.scope()));
  }

  private RegistryApi api(Registry at) {
    return resolving.computeIfAbsent(at.toString(), url -> command.api(settings, at));
  }

  List<Locked> remembered(Reference reference) throws IOException {
    return cache.remembered(settings.registry(reference.scope()).toString(), reference);
  }

  /** Notes what the registry said of a version. */
  void resolved(Locked locked, boolean yanked) {
    if (yanked) {
      command.terminal.warn(locked + " was yanked by its publisher");
      // Others are not to find it in the cache.
      return;
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
    var apis = new LinkedHashMap<Locked, RegistryApi>();
    for (Locked library : missing) {
      apis.put(library, apiOf(library));
    }
    long total = missing.stream().mapToLong(Locked::size).sum();
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(PARALLEL, missing.size()));
    try (var progress = new Progress(command.terminal, "Downloading", total)) {
      var futures = new LinkedHashMap<Locked, Future<Path>>();
      for (Locked library : missing) {
        RegistryApi api = apis.get(library);
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
  RegistryApi apiOf(Locked library) {
    Registry own = settings.registry(library.reference().scope());
    boolean chosen = own.source() == Source.FLAG || own.source() == Source.ENVIRONMENT;
    String locked = library.registry();
    Registry from = chosen ? own : Registry.of(locked, locked, Source.PROJECT);
    return api(from.url().equals(own.url()) ? own : from);
  }
}
