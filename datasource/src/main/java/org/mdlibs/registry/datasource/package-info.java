/**
 * The data source of the registry: one class that the container pools, and that is SQLite or
 * PostgreSQL as {@code MDLIBS_DATABASE_URL} says. A jar of its own, since some servers want it and
 * the drivers outside of the WAR.
 */
package org.mdlibs.registry.datasource;
