package org.mdlibs.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdlibs.cli.LockFile.Locked;
import org.mdlibs.cli.RegistryApi.VersionDetails;
import org.mdlibs.registry.name.Version;

/**
 * Turns a range into one exact version with its checksum: from the lock where that still fits, from
 * the cache when offline, else from the registry. A version that was yanked is taken only where the
 * lock holds it already.
 */
final class Resolver {
  private final LockFile lock;
  private final Downloads downloads;
  private final boolean frozen;

  Resolver(LockFile lock, Downloads downloads, boolean frozen) {
    this.lock = lock;
    this.downloads = downloads;
    this.frozen = frozen;
  }

  /** A dependency that is written down: the lock rules as long as it fits the range. */
  void resolve(Map<Reference, Locked> into, Reference reference, Range range) {
    Optional<Locked> locked = lock.find(reference).filter(l -> range.contains(l.version()));
    into.put(reference, locked.orElseGet(() -> find(reference, range)));
  }

  /** A library that the user asks for now: the newest in the range, not what the lock has. */
  Locked fresh(Map<Reference, Locked> into, Reference reference, Range range) {
    Optional<Locked> locked = lock.find(reference).filter(l -> range.contains(l.version()));
    boolean settled = frozen || downloads.offline() || range.exact().isPresent();
    Locked found = locked.isPresent() && settled ? locked.get() : find(reference, range);
    into.put(reference, found);
    return found;
  }

  /** The newest in the range; what is locked stays when it is newer than that, yanked since. */
  void newest(Map<Reference, Locked> into, Reference reference, Range range) {
    Locked found = find(reference, range);
    into.put(
        reference,
        lock.find(reference)
            .filter(l -> range.contains(l.version()))
            .filter(l -> l.version().compareTo(found.version()) >= 0)
            .orElse(found));
  }

  private Locked find(Reference reference, Range range) {
    if (frozen) {
      throw new Failure(
          ExitCode.FAILED,
          "mdlibs.lock has no " + reference.at(range.toString()) + ", and --frozen was given.",
          "Install without --frozen, look at the change, and commit it.");
    }
    Locked found = downloads.offline() ? cached(reference, range) : online(reference, range);
    lock.find(reference)
        .filter(l -> l.version().equals(found.version()))
        .filter(l -> l.registry().equals(found.registry()))
        .filter(l -> !l.checksum().equals(found.checksum()))
        .ifPresent(
            l -> {
              throw new Failure(
                  ExitCode.INTEGRITY,
                  "The registry promises other bytes for " + found + " than mdlibs.lock has.",
                  "A version never changes: tell the operators of " + found.registry() + ".");
            });
    return found;
  }

  private Locked cached(Reference reference, Range range) {
    try {
      List<Locked> known = downloads.remembered(reference);
      Optional<Version> best = range.best(known.stream().map(Locked::version).toList());
      return known.stream()
          .filter(l -> best.filter(l.version()::equals).isPresent())
          .min(Comparator.comparing(l -> l.version().toString()))
          .orElseThrow(
              () ->
                  new Failure(
                      ExitCode.NETWORK,
                      reference.at(range.toString()) + " is not in the cache.",
                      "Install it once without --offline."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Locked online(Reference reference, Range range) {
    RegistryApi api = downloads.api(reference);
    String version;
    if (range.isLatest()) {
      version = Range.LATEST;
    } else if (range.exact().isPresent()) {
      version = range.exact().get().toString();
    } else {
      Optional<Version> best = range.best(api.versions(reference));
      Optional<Locked> locked = lock.find(reference).filter(l -> range.contains(l.version()));
      if (best.isEmpty() && locked.isPresent()) {
        return locked.get();
      }
      version =
          best.orElseThrow(
                  () ->
                      new Failure(
                          ExitCode.NOT_FOUND,
                          "No version of " + reference + " is in the range " + range + ".",
                          "See what there is: mdlibs info " + reference))
              .toString();
    }
    VersionDetails details = api.version(reference, version);
    var found =
        new Locked(
            reference,
            details.version(),
            api.registry().toString(),
            details.checksum(),
            details.size());
    if (!range.contains(details.version())) {
      throw Json.unexpected("another version than was asked for");
    }
    if (details.yanked()) {
      refuseUnlessLocked(found);
    }
    downloads.resolved(found, details.yanked());
    return found;
  }

  /** Ranges pass over what was yanked; this is one that was named by its number. */
  private void refuseUnlessLocked(Locked yanked) {
    if (lock.find(yanked.reference()).filter(l -> l.version().equals(yanked.version())).isEmpty()) {
      throw new Failure(
          ExitCode.FAILED,
          yanked + " was yanked by its publisher.",
          "Take another: mdlibs info "
              + yanked.reference()
              + " (only a project whose mdlibs.lock has it goes on installing it).");
    }
  }
}
