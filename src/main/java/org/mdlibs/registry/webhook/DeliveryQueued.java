package org.mdlibs.registry.webhook;

import java.util.UUID;

/** A delivery that waits to be sent. */
public record DeliveryQueued(UUID id, String event, String status) {}
