package org.mdlibs.registry.library;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import org.mdlibs.registry.access.Access;
import org.mdlibs.registry.access.Access.Action;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.name.Version;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * Reads libraries for a caller: what he may not see is absent, with the very answer of what does
 * not exist.
 */
@ApplicationScoped
public class LibraryAccess {
  /** The word that stands for the highest stable version. */
  public static final String LATEST = "latest";

  private final Libraries libraries;
  private final RegistryConfig config;

  @Inject
  public LibraryAccess(Libraries libraries, RegistryConfig config) {
    this.libraries = libraries;
    this.config = config;
  }

  /** For the container's proxy. */
  protected LibraryAccess() {
    this(null, null);
  }

  /**
   * Lets only callers go on who may read anything at all.
   *
   * @throws ProblemException {@link ProblemType#AUTHENTICATION_REQUIRED}; {@link
   *     ProblemType#FORBIDDEN} for a token that may not read
   */
  public void requireReader(Caller caller) {
    if (caller.isAnonymous() && !config.anonymousRead()) {
      throw new ProblemException(
          ProblemType.AUTHENTICATION_REQUIRED, "Log in: this registry is not read anonymously.");
    }
    if (!caller.may(Permission.READ)) {
      throw new ProblemException(ProblemType.FORBIDDEN, "Use a token with the scope 'read'.");
    }
  }

  /**
   * A library that the caller may read.
   *
   * @throws ProblemException {@link ProblemType#AUTHENTICATION_REQUIRED}, {@link
   *     ProblemType#LIBRARY_NOT_FOUND}
   */
  public Library get(Caller caller, String scope, String name) {
    requireReader(caller);
    return get(caller, Action.READ, scope, name);
  }

  /**
   * A library that the caller may do something to.
   *
   * @throws ProblemException {@link ProblemType#LIBRARY_NOT_FOUND}, {@link ProblemType#FORBIDDEN}
   * @throws LibraryMoved when the reference is an old one
   */
  public Library get(Caller caller, Action action, String scope, String name) {
    Library library =
        libraries
            .find(scope.toLowerCase(Locale.ROOT), name)
            .orElseThrow(() -> movedOrAbsent(caller, scope, name));
    return switch (verdict(caller, action, library)) {
      case ALLOWED -> library;
      case FORBIDDEN ->
          throw new ProblemException(
              ProblemType.FORBIDDEN,
              "Ask whoever "
                  + (action == Action.PUBLISH ? "publishes" : "administers")
                  + " under '"
                  + library.scope()
                  + "': you may not do this.");
      default -> throw notFound();
    };
  }

  /**
   * A library that the caller may read, also by the reference of before it moved.
   *
   * @throws ProblemException {@link ProblemType#LIBRARY_NOT_FOUND}
   */
  public Library follow(Caller caller, String scope, String name) {
    return libraries
        .find(scope, name)
        .or(() -> libraries.findMoved(scope, name))
        .filter(library -> verdict(caller, Action.READ, library) == Access.Verdict.ALLOWED)
        .orElseThrow(LibraryAccess::notFound);
  }

  private Access.Verdict verdict(Caller caller, Action action, Library library) {
    return Access.decide(
        caller, action, library.scopeId(), library.isPrivate(), config.anonymousRead());
  }

  /** What to throw for a reference that leads to no library now. */
  public RuntimeException movedOrAbsent(Caller caller, String scope, String name) {
    return libraries
        .findMoved(scope.toLowerCase(Locale.ROOT), name)
        .filter(library -> verdict(caller, Action.READ, library) == Access.Verdict.ALLOWED)
        .<RuntimeException>map(LibraryMoved::new)
        .orElseGet(LibraryAccess::notFound);
  }

  /** The problem of a library that is absent, or not the caller's to see. */
  public static ProblemException notFound() {
    return new ProblemException(
        ProblemType.LIBRARY_NOT_FOUND,
        "Look for it with a search: no library has this name, or it is not yours to see.");
  }

  /** The problem of a version that was never published. */
  public static ProblemException versionNotFound() {
    return new ProblemException(
        ProblemType.VERSION_NOT_FOUND, "Choose one of the versions that the library lists.");
  }

  /** The problem of a version that was deleted. */
  public static ProblemException versionDeleted() {
    return new ProblemException(
        ProblemType.VERSION_DELETED, "Choose another version: this one was deleted for good.");
  }

  /**
   * Reads a version as a path names it.
   *
   * @throws ProblemException {@link ProblemType#VERSION_NOT_FOUND}
   */
  public static Version parseVersion(String text) {
    try {
      return Version.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemType.VERSION_NOT_FOUND, "The version " + e.getMessage() + ", or 'latest'.", e);
    }
  }

  /**
   * A version that can be read, or the latest one.
   *
   * @param version a semantic version, or {@link #LATEST}
   * @throws ProblemException {@link ProblemType#VERSION_NOT_FOUND}, {@link
   *     ProblemType#VERSION_DELETED}
   */
  public LibraryVersion getVersion(Library library, String version) {
    if (version.equals(LATEST)) {
      requireNotEmpty(library);
      return libraries
          .findLatest(library.id())
          .orElseThrow(
              () ->
                  new ProblemException(
                      ProblemType.VERSION_NOT_FOUND,
                      "Name a version: all of this library's are yanked."));
    }
    LibraryVersion found =
        libraries
            .findVersion(library.id(), parseVersion(version))
            .orElseThrow(LibraryAccess::versionNotFound);
    if (found.isDeleted()) {
      throw versionDeleted();
    }
    return found;
  }

  /**
   * Lets a library pass that has a version left.
   *
   * @throws ProblemException {@link ProblemType#VERSION_DELETED}
   */
  public void requireNotEmpty(Library library) {
    if (library.versionsCount() == 0) {
      throw new ProblemException(
          ProblemType.VERSION_DELETED, "All versions of this library were deleted for good.");
    }
  }
}
