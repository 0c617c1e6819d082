package org.mdlibs.registry.device;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A device that asks whether it may come in.
 *
 * @param grantType {@code urn:ietf:params:oauth:grant-type:device_code}, or absent
 */
public record DeviceTokenRequest(@Schema(required = true) String deviceCode, String grantType) {}
