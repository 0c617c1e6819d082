/**
 * What happened that somebody may have to answer for: who, what, on what, from where, when, and how
 * it ended. Append-only, which the database itself enforces: no event is changed or removed, but
 * for the addresses of somebody whose account is erased.
 */
package org.mdlibs.registry.audit;
