package org.mdlibs.registry.library;

/**
 * An old reference was called of a library that moved; the caller may see where to. Answered with
 * 308, so that a client repeats the very request there (RFC 9110 §15.4.9).
 */
public class LibraryMoved extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String ROOT = "/api/v1/libraries/";

  private final String scope;
  private final String name;

  LibraryMoved(Library library) {
    super("moved to " + library.reference());
    this.scope = library.scope();
    this.name = library.name();
  }

  /**
   * The same resource under the new reference.
   *
   * @param path what was called, from the root and still encoded
   * @param query what followed it, or null
   */
  public String location(String path, String query) {
    String[] parts = path.substring(ROOT.length()).split("/", 3);
    String rest = parts.length < 3 ? "" : "/" + parts[2];
    return ROOT + scope + "/" + name + rest + (query == null ? "" : "?" + query);
  }
}
