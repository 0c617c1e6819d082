package org.mdlibs.registry.publish;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mdlibs.registry.access.Access;
import org.mdlibs.registry.access.Access.Action;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.archive.Contents;
import org.mdlibs.registry.archive.Inspection;
import org.mdlibs.registry.archive.Manifest;
import org.mdlibs.registry.archive.SpooledArchive;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.library.Libraries;
import org.mdlibs.registry.library.Library;
import org.mdlibs.registry.library.LibraryVersion;
import org.mdlibs.registry.library.Visibility;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.name.Version;
import org.mdlibs.registry.problem.Fault;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.user.Namespace;
import org.mdlibs.registry.user.Quotas;
import org.mdlibs.registry.user.Users;

/**
 * The checks of a request to publish, for its rehearsal and for the act itself. All of them are
 * done, so that a publisher is told of everything at once; the first that counts is the answer.
 */
@ApplicationScoped
public class PublishChecks {
  @Inject private Users users;
  @Inject private Libraries libraries;
  @Inject private Quotas quotas;
  @Inject private RegistryConfig config;

  /**
   * A checked request.
   *
   * @param archive empty when none was sent
   * @param contents what could be read of it; empty when it was not sent
   * @param visibility that the library has or would get
   * @param library the library, when it exists and its name is known
   * @param findings what stands against the request
   */
  record Request(
      Namespace namespace,
      Optional<SpooledArchive> archive,
      Optional<Contents> contents,
      Declaration declaration,
      Visibility visibility,
      Optional<Library> library,
      Findings findings) {

    /** {@code @scope/name@version}, with {@code ?} for what is not known. */
    String reference() {
      return "@%s/%s@%s"
          .formatted(
              namespace.name(),
              declaration.name().map(LibraryName::value).orElse("?"),
              declaration.version().map(Version::toString).orElse("?"));
    }

    /** What the transaction stores, of a request that nothing stands against. */
    Libraries.Draft draft(Caller caller, Origin origin) {
      var facts =
          new LibraryVersion.Facts(
              declaration.version().orElseThrow(),
              declaration.description(),
              declaration.tags(),
              declaration.license());
      return new Libraries.Draft(
          namespace,
          declaration.name().orElseThrow(),
          visibility,
          declaration.visibility().isPresent(),
          facts,
          caller,
          origin);
    }
  }

  /**
   * The namespace to publish in: the caller's own, unless the form names another.
   *
   * @throws ProblemException {@link ProblemType#SCOPE_NOT_FOUND}, {@link ProblemType#FORBIDDEN},
   *     {@link ProblemType#INVALID_INPUT}: who may not publish there is told nothing else
   */
  Namespace namespace(Caller caller, PublishForm form) {
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

  /**
   * Does every check that can be done. They count in this order: {@link
   * ProblemType#QUOTA_EXCEEDED}; {@link ProblemType#INVALID_INPUT}; {@link
   * ProblemType#ARCHIVE_MISSING}, the other {@code ARCHIVE_…} and the {@code MANIFEST_…} types,
   * {@link ProblemType#VISIBILITY_DIFFERS}; {@link ProblemType#LIBRARY_MOVED}, {@link
   * ProblemType#VERSION_EXISTS}.
   *
   * @param all whether to go on when there is no room, to find everything
   * @throws IOException when the archive's file cannot be read
   */
  Request check(Namespace namespace, PublishForm form, boolean all) throws IOException {
    var findings = new Findings();
    Optional<SpooledArchive> archive = form.archive();
    archive.ifPresent(a -> findings.note(() -> requireSpace(namespace, a.size())));
    if (!all) {
      // An archive that there is no room for is not worth the work of reading it.
      findings.throwFirst();
    }
    Optional<Inspection> inspection =
        archive.isPresent() ? Optional.of(archive.get().inspect()) : Optional.empty();
    Declaration declared = declaration(form, inspection);
    if (!declared.faults().isEmpty()) {
      findings.add(new ProblemException(ProblemType.INVALID_INPUT, declared.faults()));
    }
    inspection.ifPresentOrElse(findings::add, () -> findings.add(missing()));
    if (!declared.differences().isEmpty()) {
      findings.add(new ProblemException(ProblemType.MANIFEST_DIFFERS, declared.differences()));
    }
    Optional<Library> library =
        declared.name().flatMap(name -> libraries.find(namespace.name(), name.value()));
    Visibility visibility =
        library
            .map(Library::visibility)
            .or(declared::visibility)
            .orElse(config.publicByDefault() ? Visibility.PUBLIC : Visibility.PRIVATE);
    if (library.isEmpty() && declared.name().filter(LibraryName::isReserved).isPresent()) {
      findings.add(
          new ProblemException(
              ProblemType.INVALID_INPUT,
              List.of(new Fault("name", "is reserved; choose another"))));
    }
    if (declared.visibility().filter(wanted -> wanted != visibility).isPresent()) {
      findings.add(Libraries.visibilityDiffers(visibility));
    }
    findings.note(() -> requireNew(namespace, declared, library));
    return new Request(
        namespace,
        archive,
        inspection.map(Inspection::contents),
        declared,
        visibility,
        library,
        findings);
  }

  private static Declaration declaration(PublishForm form, Optional<Inspection> inspection) {
    Optional<Manifest> manifest = inspection.flatMap(i -> i.contents().manifest());
    // What may still stand in the part that could not be read is not missing.
    boolean complete =
        inspection
            .filter(Inspection::whole)
            .filter(
                i ->
                    i.faults().stream()
                        .noneMatch(
                            fault ->
                                fault.type() == ProblemType.MANIFEST_INVALID
                                    || fault.type() == ProblemType.MANIFEST_MISPLACED))
            .isPresent();
    return Declaration.of(form, manifest.orElse(Manifest.EMPTY), complete);
  }

  private static ProblemException missing() {
    return new ProblemException(
        ProblemType.ARCHIVE_MISSING, "Send the .tar.gz as the form's 'file' part.");
  }

  private void requireNew(Namespace namespace, Declaration declared, Optional<Library> library) {
    if (library.isEmpty()
        && declared
            .name()
            .flatMap(name -> libraries.findMoved(namespace.name(), name.value()))
            .isPresent()) {
      throw Libraries.moved();
    }
    if (library.isPresent() && declared.version().isPresent()) {
      Version version = declared.version().get();
      if (libraries.findVersion(library.get().id(), version).isPresent()) {
        throw Libraries.versionExists(library.get(), version);
      }
    }
  }

  /** Looks at the quota before the blob is stored; the transaction counts it for good. */
  private void requireSpace(Namespace namespace, long bytes) {
    long quota = quotas.of(namespace);
    if (namespace.usedBytes() + bytes > quota) {
      throw Quotas.exceeded(namespace.usedBytes(), quota, bytes);
    }
  }
}
