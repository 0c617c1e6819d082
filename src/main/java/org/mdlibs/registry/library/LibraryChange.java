package org.mdlibs.registry.library;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mdlibs.registry.problem.Faults;

/**
 * What changes of a library; what is left out stays.
 *
 * @param deprecation a text, or null to take it back
 */
public record LibraryChange(
    @Schema(enumeration = {"public", "private"}) String visibility,
    @Schema(implementation = String.class, nullable = true, maxLength = 200)
        JsonValue deprecation) {
  /**
   * What was read of it.
   *
   * @param visibility empty when it stays
   * @param changesDeprecation whether it changes
   * @param deprecation empty when it is taken back
   */
  public record Parsed(
      Optional<Visibility> visibility,
      boolean changesDeprecation,
      Optional<Deprecation> deprecation) {}

  /**
   * Reads it.
   *
   * @throws org.mdlibs.registry.problem.ProblemException INVALID_INPUT with every fault
   */
  Parsed parse() {
    var faults = new Faults();
    Optional<Visibility> wanted = faults.optional("visibility", visibility, Visibility::parse);
    Optional<Deprecation> notice = Optional.empty();
    if (deprecation instanceof JsonString text) {
      notice = faults.optional("deprecation", text.getString(), Deprecation::parse);
    } else if (deprecation != null && deprecation != JsonValue.NULL) {
      faults.add("deprecation", "must be a string or null");
    }
    faults.throwIfAny();
    return new Parsed(wanted, deprecation != null, notice);
  }
}
