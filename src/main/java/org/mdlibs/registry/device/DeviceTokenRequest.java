package org.mdlibs.registry.device;

/**
 * A device that asks whether it may come in.
 *
 * @param grantType {@code urn:ietf:params:oauth:grant-type:device_code}, or absent
 */
public record DeviceTokenRequest(String deviceCode, String grantType) {}
