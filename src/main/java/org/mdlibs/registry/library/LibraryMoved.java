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
   * The same resource under the new reference, from the root: no Host header has a say in it.
   *
   * @param rest what was called of the library, such as {@code /1.0.0/download}, or empty
   * @param query what followed it, still encoded, or null
   */
  public String location(String rest, String query) {
    return ROOT + scope + "/" + name + rest + (query == null ? "" : "?" + query);
  }
}
