package org.mdlibs.registry.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mdlibs.registry.archive.Manifest;
import org.mdlibs.registry.library.LibraryVersion;
import org.mdlibs.registry.library.Visibility;
import org.mdlibs.registry.name.Description;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.License;
import org.mdlibs.registry.name.Tags;
import org.mdlibs.registry.name.Version;
import org.mdlibs.registry.problem.Fault;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * What the publisher declares, from the form and from the manifest. What one leaves out is the
 * other's; where both speak and differ, the manifest would lie, and that is refused.
 *
 * @param visibility empty when the form says nothing
 */
record Declaration(LibraryName name, LibraryVersion.Facts facts, Optional<Visibility> visibility) {

  /**
   * Joins form and manifest.
   *
   * @throws ProblemException {@link ProblemType#INVALID_INPUT} with every fault; {@link
   *     ProblemType#MANIFEST_DIFFERS} with every difference
   */
  static Declaration of(PublishForm form, Manifest manifest) {
    var faults = new Faults();
    var differences = new ArrayList<Fault>();
    var join = new Joining(differences);
    Optional<LibraryName> name =
        join.of("name", parse(form, "name", LibraryName::parse, faults), manifest.name());
    Optional<Version> version =
        join.of("version", parse(form, "version", Version::parse, faults), manifest.version());
    Optional<Description> description =
        join.of(
            "description",
            parse(form, "description", Description::parse, faults),
            manifest.description());
    Optional<License> license =
        join.of("license", parse(form, "license", License::parse, faults), manifest.license());
    Optional<Tags> formTags = Optional.empty();
    try {
      formTags = form.tags().map(Tags::parse).filter(tags -> !tags.values().isEmpty());
    } catch (IllegalArgumentException e) {
      faults.add("tags", e.getMessage());
    }
    Optional<Tags> tags = join.of("tags", formTags, manifest.tags());
    Optional<Visibility> visibility = parse(form, "visibility", Visibility::parse, faults);
    requireOne("name", name, faults);
    requireOne("version", version, faults);
    faults.throwIfAny();
    if (!differences.isEmpty()) {
      throw new ProblemException(ProblemType.MANIFEST_DIFFERS, differences);
    }
    return new Declaration(
        name.orElseThrow(),
        new LibraryVersion.Facts(
            version.orElseThrow(),
            description.orElse(null),
            tags.orElse(Tags.NONE),
            license.orElse(null)),
        visibility);
  }

  private static <T> Optional<T> parse(
      PublishForm form,
      String field,
      java.util.function.Function<String, T> parser,
      Faults faults) {
    return faults.optional(field, form.field(field).orElse(null), parser);
  }

  private static void requireOne(String field, Optional<?> value, Faults faults) {
    if (value.isEmpty() && !faults.has(field)) {
      faults.add(field, "is required, in the form or in the manifest's [library] table");
    }
  }

  /** Compares what both say. */
  private record Joining(List<Fault> differences) {
    <T> Optional<T> of(String field, Optional<T> form, Optional<T> manifest) {
      if (form.isPresent()
          && manifest.isPresent()
          && !form.get().toString().equals(manifest.get().toString())) {
        differences.add(
            new Fault(
                field,
                "is '%s' in the form and '%s' in the manifest"
                    .formatted(form.get(), manifest.get())));
      }
      return form.or(() -> manifest);
    }
  }
}
