package org.mdlibs.registry.publish;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

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
    @Schema(nullable = true) String scope,
    @Schema(nullable = true) String name,
    @Schema(nullable = true) String version,
    @Schema(nullable = true) String description,
    @Schema(nullable = true) List<String> tags,
    @Schema(nullable = true) String license,
    @Schema(nullable = true) String visibility,
    boolean newLibrary,
    @Schema(nullable = true) String root,
    @Schema(nullable = true) Integer files,
    @Schema(nullable = true) Long unpackedSize,
    @Schema(nullable = true) Long size,
    @Schema(nullable = true) String checksum,
    List<DryRunFault> faults) {

  /**
   * One thing that stands against publishing.
   *
   * @param field the field of the form, the key of the manifest, or the path of the archive's entry
   *     that is at fault; null when it is none of them
   */
  public record DryRunFault(
      String code, int status, @Schema(nullable = true) String field, String detail) {}
}
