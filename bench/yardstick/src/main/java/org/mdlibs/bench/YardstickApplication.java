package org.mdlibs.bench;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts JAX-RS at {@code /api/v1}, where the registry has it. */
@ApplicationPath("/api/v1")
public class YardstickApplication extends Application {}
