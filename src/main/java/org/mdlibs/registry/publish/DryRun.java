package org.mdlibs.registry.publish;

import java.util.List;

/**
 * What a publish request would do. What cannot be known for its faults is left out.
 *
 * @param wouldPublish whether it would be 201
 * @param newLibrary whether the library would be made
 * @param root the folder around everything in the archive, which is taken for the library's root
 * @param checksum {@code sha256:} and lower-case hexadecimal
 * @param faults everything that stands against it, at most a hundred of the archive; the request
 *     would be answered with the first one's status and code
 */
public record DryRun(
    boolean dryRun,
    boolean wouldPublish,
    String scope,
    String name,
    String version,
    String description,
    List<String> tags,
    String license,
    String visibility,
    boolean newLibrary,
    String root,
    Integer files,
    Long unpackedSize,
    Long size,
    String checksum,
    List<DryRunFault> faults) {

  /**
   * One thing that stands against publishing.
   *
   * @param field the field of the form, the key of the manifest, or the path of the archive's entry
   *     that is at fault; null when it is none of them
   */
  public record DryRunFault(String code, int status, String field, String detail) {}
}
