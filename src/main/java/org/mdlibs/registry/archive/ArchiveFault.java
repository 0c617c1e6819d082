package org.mdlibs.registry.archive;

import org.mdlibs.registry.problem.Fault;
import org.mdlibs.registry.problem.ProblemType;

/**
 * One thing that is wrong with an archive.
 *
 * @param type which problem of the catalogue
 * @param path the path of the entry at fault, escaped, at most 200 characters of it, or the key of
 *     the manifest; null when it is the archive as a whole
 * @param message what is wrong with it, without its name
 */
public record ArchiveFault(ProblemType type, String path, String message) {
  /** The part of the form, as which the archive is sent. */
  private static final String PART = "file";

  /** The sentence that tells it. */
  public String sentence() {
    return (path == null ? "The archive " : "'" + path + "' ") + message + ".";
  }

  /** The fault as every other one of an input. */
  Fault asFault() {
    return new Fault(path == null ? PART : path, message);
  }
}
