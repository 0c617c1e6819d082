package org.mdlibs.registry.device;

/**
 * A person's answer.
 *
 * @param approve whether the device may come in as him
 */
public record Decision(Boolean approve) {}
