/**
 * Keeps the storage and the database true to each other: verifying, collecting what nothing names,
 * backup and restore. Everything here runs beside a serving registry, in the server or in a process
 * of its own, and so takes a data source and the blobs and no container.
 */
package org.mdlibs.registry.maintenance;
