package org.mdlibs.registry.publish;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import org.mdlibs.registry.access.Access;
import org.mdlibs.registry.access.Access.Action;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.archive.Contents;
import org.mdlibs.registry.archive.Manifest;
import org.mdlibs.registry.archive.SpooledArchive;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.library.ArchiveGone;
import org.mdlibs.registry.library.Libraries;
import org.mdlibs.registry.library.Library;
import org.mdlibs.registry.library.LibraryVersion;
import org.mdlibs.registry.library.Visibility;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.name.Version;
import org.mdlibs.registry.problem.DatabaseFailure;
import org.mdlibs.registry.problem.Fault;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.publish.DryRun.DryRunFault;
import org.mdlibs.registry.scan.MalwareScan;
import org.mdlibs.registry.storage.BlobKey;
import org.mdlibs.registry.storage.Blobs;
import org.mdlibs.registry.user.Namespace;
import org.mdlibs.registry.user.Quotas;
import org.mdlibs.registry.user.Users;

/**
 * Publishes: rights, then the archive, then the state; the blob is put before the transaction,
 * under a key that its content names. No connection and no lock is held while bytes move. When the
 * outcome of a transaction is unknown nothing is removed: a blob without a row does no harm.
 */
@ApplicationScoped
public class Publishing {
  private static final Logger LOG = Logger.getLogger(Publishing.class.getName());
  private static final int STORE_ATTEMPTS = 3;

  @Inject private Users users;
  @Inject private Libraries libraries;
  @Inject private Quotas quotas;
  @Inject private MalwareScan malware;
  @Inject private Blobs blobs;
  @Inject private RegistryConfig config;

  /** A checked request: everything that the transaction needs. */
  private record Checked(Libraries.Draft draft, Contents contents, Optional<Library> library) {}

  boolean parseDryRun(String text) {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw new ProblemException(
        ProblemType.INVALID_INPUT, List.of(new Fault("dry_run", "must be 'true' or 'false'")));
  }

  /**
   * Publishes.
   *
   * @throws ProblemException {@link ProblemType#SCOPE_NOT_FOUND}, {@link ProblemType#FORBIDDEN};
   *     {@link ProblemType#INVALID_INPUT}, the {@code ARCHIVE_…} and {@code MANIFEST_…} types,
   *     {@link ProblemType#VISIBILITY_DIFFERS}; {@link ProblemType#VERSION_EXISTS}, {@link
   *     ProblemType#QUOTA_EXCEEDED}; what {@link MalwareScan} refuses; {@link
   *     ProblemType#STORAGE_FULL}, {@link ProblemType#STORAGE_UNAVAILABLE}
   */
  Libraries.Release publish(Caller caller, Origin origin, PublishForm form) throws IOException {
    Namespace namespace = namespace(caller, form);
    SpooledArchive archive = archive(form);
    Checked checked = check(caller, origin, namespace, form, archive);
    requireNew(checked);
    requireSpace(namespace, archive.size());
    Libraries.Draft draft = checked.draft();
    Boolean scanned = malware.scan(archive, draft.reference(), caller, origin);
    BlobKey key =
        BlobKey.of(
            namespace.scopeType(),
            namespace.id(),
            draft.name(),
            draft.facts().version(),
            archive.sha256());
    Libraries.Release release = store(draft, key, archive, scanned);
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
    var stored = new LibraryVersion.StoredArchive(key, archive.size(), archive.sha256(), scanned);
    for (int attempt = 1; ; attempt++) {
      blobs.put(key, archive.file());
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

  /** Does all checks and tells every fault, but stores nothing. */
  DryRun rehearse(Caller caller, Origin origin, PublishForm form) throws IOException {
    Namespace namespace = namespace(caller, form);
    var faults = new ArrayList<DryRunFault>();
    SpooledArchive archive = null;
    Checked checked = null;
    try {
      archive = archive(form);
      checked = check(caller, origin, namespace, form, archive);
    } catch (ProblemException e) {
      faults.add(fault(e));
    }
    if (checked != null) {
      Checked found = checked;
      SpooledArchive upload = archive;
      note(faults, () -> requireNew(found));
      note(faults, () -> malware.scan(upload, found.draft().reference(), caller, origin));
    }
    if (archive != null) {
      long size = archive.size();
      note(faults, () -> requireSpace(namespace, size));
    }
    return answer(namespace, archive, checked, faults);
  }

  private static DryRun answer(
      Namespace namespace, SpooledArchive archive, Checked checked, List<DryRunFault> faults) {
    Long size = archive == null ? null : archive.size();
    String checksum = archive == null ? null : "sha256:" + archive.sha256();
    if (checked == null) {
      return new DryRun(
          true,
          false,
          namespace.name(),
          null,
          null,
          null,
          null,
          null,
          null,
          false,
          null,
          null,
          size,
          checksum,
          faults);
    }
    Libraries.Draft draft = checked.draft();
    LibraryVersion.Facts facts = draft.facts();
    return new DryRun(
        true,
        faults.isEmpty(),
        namespace.name(),
        draft.name().value(),
        facts.version().toString(),
        facts.description() == null ? null : facts.description().value(),
        facts.tags().values(),
        facts.license() == null ? null : facts.license().expression(),
        draft.visibility().wireName(),
        checked.library().isEmpty(),
        checked.contents().files(),
        checked.contents().unpackedBytes(),
        size,
        checksum,
        faults);
  }

  private static void note(List<DryRunFault> faults, Runnable check) {
    try {
      check.run();
    } catch (ProblemException e) {
      faults.add(fault(e));
    }
  }

  private static DryRunFault fault(ProblemException e) {
    return new DryRunFault(e.type().name(), e.type().status(), e.getMessage());
  }

  /** The namespace to publish in: the caller's own, unless the form names another. */
  private Namespace namespace(Caller caller, PublishForm form) {
    Optional<String> wanted = form.field("scope");
    Namespace namespace;
    try {
      namespace =
          wanted.isEmpty()
              ? users.getNamespace(caller.id())
              : users
                  .findNamespace(Scope.parse(wanted.get()))
                  .orElseThrow(
                      () ->
                          new ProblemException(
                              ProblemType.SCOPE_NOT_FOUND,
                              "Publish under your own scope, or under a team's: there is none of this name."));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemType.INVALID_INPUT, List.of(new Fault("scope", e.getMessage())));
    }
    if (Access.decide(caller, Action.PUBLISH, namespace.id(), false, config.anonymousRead())
        != Access.Verdict.ALLOWED) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "Publish under your own scope, or a team's that you are in: '"
              + namespace.name()
              + "' is neither.");
    }
    if (namespace.isClosed()) {
      throw Quotas.closed(namespace);
    }
    return namespace;
  }

  private static SpooledArchive archive(PublishForm form) {
    return form.archive()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.ARCHIVE_MISSING, "Send the .tar.gz as the form's 'file' part."));
  }

  private Checked check(
      Caller caller, Origin origin, Namespace namespace, PublishForm form, SpooledArchive archive)
      throws IOException {
    Contents contents = archive.inspect();
    Declaration declared = Declaration.of(form, contents.manifest().orElse(Manifest.EMPTY));
    Optional<Library> library = libraries.find(namespace.name(), declared.name().value());
    Visibility visibility =
        library
            .map(Library::visibility)
            .or(declared::visibility)
            .orElse(config.publicByDefault() ? Visibility.PUBLIC : Visibility.PRIVATE);
    if (declared.visibility().filter(wanted -> wanted != visibility).isPresent()) {
      throw Libraries.visibilityDiffers(visibility);
    }
    return new Checked(
        new Libraries.Draft(
            namespace,
            declared.name(),
            visibility,
            declared.visibility().isPresent(),
            declared.facts(),
            caller,
            origin),
        contents,
        library);
  }

  private void requireNew(Checked checked) {
    Version version = checked.draft().facts().version();
    if (checked.library().isEmpty()
        && libraries
            .findMoved(checked.draft().namespace().name(), checked.draft().name().value())
            .isPresent()) {
      throw Libraries.moved();
    }
    checked
        .library()
        .filter(library -> libraries.findVersion(library.id(), version).isPresent())
        .ifPresent(
            library -> {
              throw Libraries.versionExists(library, version);
            });
  }

  /** Looks at the quota before the blob is stored; the transaction counts it for good. */
  private void requireSpace(Namespace namespace, long bytes) {
    long quota = quotas.of(namespace);
    if (namespace.usedBytes() + bytes > quota) {
      throw Quotas.exceeded(namespace.usedBytes(), quota, bytes);
    }
  }
}
