package org.mdlibs.registry.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mdlibs.registry.archive.Manifest;
import org.mdlibs.registry.library.Visibility;
import org.mdlibs.registry.name.Description;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.License;
import org.mdlibs.registry.name.Tags;
import org.mdlibs.registry.name.Version;
import org.mdlibs.registry.problem.Fault;
import org.mdlibs.registry.problem.Faults;

/**
 * What the publisher declares, from the form and from the manifest. What one leaves out is the
 * other's; where both speak and differ, the manifest would lie, and that is refused.
 *
 * @param name empty when there is none, or none that is valid; so is the version
 * @param description null when there is none; so is the license
 * @param visibility empty when the form says nothing
 * @param faults of the form's fields
 * @param differences of form and manifest
 */
record Declaration(
    Optional<LibraryName> name,
    Optional<Version> version,
    Description description,
    Tags tags,
    License license,
    Optional<Visibility> visibility,
    List<Fault> faults,
    List<Fault> differences) {

  /**
   * Joins form and manifest.
   *
   * @param manifest what could be read of it
   * @param complete whether that is all, so that what is in neither is missing
   */
  static Declaration of(PublishForm form, Manifest manifest, boolean complete) {
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
            manifest.description().map(Description::parse));
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
    if (complete) {
      requireOne("name", name, faults);
      requireOne("version", version, faults);
    }
    return new Declaration(
        faults.has("name") ? Optional.empty() : name,
        faults.has("version") ? Optional.empty() : version,
        description.orElse(null),
        tags.orElse(Tags.NONE),
        license.orElse(null),
        visibility,
        faults.all(),
        List.copyOf(differences));
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
