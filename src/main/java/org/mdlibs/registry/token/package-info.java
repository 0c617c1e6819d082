/**
 * The keys that callers carry: login tokens (JWT, signed with the registry's own keys) and, in the
 * same table, API tokens.
 */
package org.mdlibs.registry.token;
