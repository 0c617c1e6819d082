/**
 * The start: settings checked, schema made, storage opened, and on an empty database the signing
 * key and the first administrator.
 */
package org.mdlibs.registry.start;
