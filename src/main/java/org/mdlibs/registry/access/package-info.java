/**
 * Who may do what, as plain values and one decision ({@link org.mdlibs.registry.access.Access}).
 * Knows neither JAX-RS nor the database; {@link org.mdlibs.registry.access.Callers} alone knows
 * where a request carries its caller.
 */
package org.mdlibs.registry.access;
