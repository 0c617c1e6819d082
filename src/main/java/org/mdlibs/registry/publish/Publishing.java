package org.mdlibs.registry.publish;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Logger;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.archive.Contents;
import org.mdlibs.registry.archive.SpooledArchive;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.library.ArchiveGone;
import org.mdlibs.registry.library.Libraries;
import org.mdlibs.registry.library.LibraryVersion;
import org.mdlibs.registry.limit.BucketKey;
import org.mdlibs.registry.limit.RateLimits;
import org.mdlibs.registry.metrics.Metrics;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.Version;
import org.mdlibs.registry.problem.DatabaseFailure;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.publish.PublishChecks.Request;
import org.mdlibs.registry.scan.MalwareScan;
import org.mdlibs.registry.storage.BlobKey;
import org.mdlibs.registry.storage.Blobs;
import org.mdlibs.registry.user.Namespace;

/**
 * Publishes: rights, then the archive, then the state; the blob is put before the transaction,
 * under a key that its content names. No connection and no lock is held while bytes move. When the
 * outcome of a transaction is unknown nothing is removed: a blob without a row does no harm.
 */
@ApplicationScoped
public class Publishing {
  private static final Logger LOG = Logger.getLogger(Publishing.class.getName());
  private static final int STORE_ATTEMPTS = 3;

  @Inject private PublishChecks checks;
  @Inject private Libraries libraries;
  @Inject private MalwareScan malware;
  @Inject private Blobs blobs;
  @Inject private RateLimits limits;
  @Inject private Metrics metrics;

  /**
   * Publishes.
   *
   * @throws ProblemException {@link ProblemType#SCOPE_NOT_FOUND}, {@link ProblemType#FORBIDDEN},
   *     {@link ProblemType#TOO_MANY_REQUESTS} by scope, so that nobody takes it from others; then
   *     the first that {@link PublishChecks#check} finds; what {@link MalwareScan} refuses; {@link
   *     ProblemType#STORAGE_FULL}, {@link ProblemType#STORAGE_UNAVAILABLE}
   */
  Libraries.Release publish(Caller caller, Origin origin, PublishForm form) throws IOException {
    Namespace namespace = checks.namespace(caller, form);
    limits.require(BucketKey.ofScope(namespace.id()));
    Request request = checks.check(namespace, form, false);
    request.findings().throwFirst();
    SpooledArchive archive = request.archive().orElseThrow();
    Libraries.Draft draft = request.draft(caller, origin);
    Boolean scanned = malware.scan(archive, draft.reference(), caller, origin);
    BlobKey key =
        BlobKey.of(
            namespace.scopeType(),
            namespace.id(),
            draft.name(),
            draft.facts().version(),
            archive.sha256());
    Libraries.Release release = store(draft, key, archive, scanned);
    metrics.uploaded(archive.size());
    LOG.info(
        () ->
            "published @%s/%s@%s size_bytes=%d user=%s"
                .formatted(
                    namespace.name(),
                    draft.name(),
                    draft.facts().version(),
                    archive.size(),
                    caller.username()));
    return release;
  }

  /** Puts the blob, then adds the version; again when the blob was collected in between. */
  private Libraries.Release store(
      Libraries.Draft draft, BlobKey key, SpooledArchive archive, Boolean scanned) {
    for (int attempt = 1; ; attempt++) {
      blobs.put(key, archive.file());
      var stored = new LibraryVersion.StoredArchive(key, archive.size(), archive.sha256(), scanned);
      try {
        return DatabaseFailure.retryWhenARivalWins(() -> libraries.add(draft, stored));
      } catch (ArchiveGone e) {
        if (attempt == STORE_ATTEMPTS) {
          throw new ProblemException(
              ProblemType.STORAGE_UNAVAILABLE, "The storage lost the archive: try again.", e);
        }
      }
    }
  }

  /** Does all checks and tells every fault, but stores nothing; counts as publishing does. */
  DryRun rehearse(Caller caller, Origin origin, PublishForm form) throws IOException {
    Namespace namespace = checks.namespace(caller, form);
    limits.require(BucketKey.ofScope(namespace.id()));
    Request request = checks.check(namespace, form, true);
    request
        .archive()
        .ifPresent(
            archive ->
                request
                    .findings()
                    .note(() -> malware.scan(archive, request.reference(), caller, origin)));
    Declaration declared = request.declaration();
    Optional<Contents> contents = request.contents();
    return new DryRun(
        true,
        request.findings().faults().isEmpty(),
        request.namespace().name(),
        declared.name().map(LibraryName::value).orElse(null),
        declared.version().map(Version::toString).orElse(null),
        declared.description() == null ? null : declared.description().value(),
        declared.tags().values(),
        declared.license() == null ? null : declared.license().expression(),
        request.visibility().wireName(),
        declared.name().isPresent() && request.library().isEmpty(),
        contents.flatMap(Contents::topFolder).orElse(null),
        contents.map(Contents::files).orElse(null),
        contents.map(Contents::unpackedBytes).orElse(null),
        request.archive().map(SpooledArchive::size).orElse(null),
        request.archive().map(a -> "sha256:" + a.sha256()).orElse(null),
        request.findings().faults());
  }
}
