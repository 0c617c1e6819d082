package org.mdlibs.registry.device;

import java.util.List;

/**
 * A device that asks.
 *
 * @param clientName what it calls itself
 * @param scopes what the API token shall do that it makes for itself; shown to the person
 */
public record DeviceStart(String clientName, List<String> scopes) {}
