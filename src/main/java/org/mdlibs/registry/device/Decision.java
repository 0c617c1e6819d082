package org.mdlibs.registry.device;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A person's answer.
 *
 * @param approve whether the device may come in as him
 */
public record Decision(@Schema(required = true) Boolean approve) {}
