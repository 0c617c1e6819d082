/**
 * Read-only mode: writes are refused while reads go on; by the settings of a node, or by an
 * administrator for all nodes. Uses {@code access, audit, config, name, problem}.
 */
package org.mdlibs.registry.readonly;
