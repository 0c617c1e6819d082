package org.mdlibs.registry.publish;

import java.util.List;

/**
 * What a publish request would do.
 *
 * @param wouldPublish whether it would be 201
 * @param newLibrary whether the library would be made
 * @param checksum {@code sha256:} and lower-case hexadecimal
 * @param faults everything that stands against it
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
    Integer files,
    Long unpackedSize,
    Long size,
    String checksum,
    List<DryRunFault> faults) {

  /** One thing that stands against publishing: a problem that the real request would get. */
  public record DryRunFault(String code, int status, String detail) {}
}
