/** What the registry counts and measures, for Prometheus. */
package org.mdlibs.registry.metrics;
