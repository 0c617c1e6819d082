package org.mdlibs.registry.device;

/**
 * What a device needs to go on (RFC 8628 §3.2).
 *
 * @param deviceCode what it asks with, a secret
 * @param userCode what it shows
 * @param expiresIn seconds
 * @param interval seconds between two questions
 */
public record DeviceCodes(
    String deviceCode,
    String userCode,
    String verificationUri,
    String verificationUriComplete,
    int expiresIn,
    int interval) {}
