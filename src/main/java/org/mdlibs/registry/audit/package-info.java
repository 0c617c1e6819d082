/**
 * What happened that somebody may have to answer for: who, what, on what, from where, when, and how
 * it ended. Append-only: no code changes or removes an event.
 */
package org.mdlibs.registry.audit;
