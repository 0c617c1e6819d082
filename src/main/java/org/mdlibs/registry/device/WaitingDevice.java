package org.mdlibs.registry.device;

import java.time.Instant;
import java.util.List;
import org.mdlibs.registry.access.Permission;

/**
 * What a person is shown of a device before he confirms it.
 *
 * @param address where it asked from
 */
public record WaitingDevice(
    String userCode,
    String clientName,
    List<String> scopes,
    String address,
    Instant createdAt,
    Instant expiresAt) {
  static WaitingDevice of(DeviceRequest request, UserCode code) {
    return new WaitingDevice(
        code.toString(),
        request.clientName(),
        request.scopes().stream().sorted().map(Permission::wireName).toList(),
        request.address(),
        request.createdAt(),
        request.expiresAt());
  }
}
