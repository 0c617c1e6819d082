package org.mdlibs.registry.readonly;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why the registry shall take no writes.
 *
 * @param reason 1 to 200 characters, shown to everybody
 */
public record ReadOnlyRequest(@Schema(required = true) String reason) {}
