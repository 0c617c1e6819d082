/**
 * Jobs of which one node of many does each turn. Uses {@code config}.
 *
 * <p>Timers run on every node, since none is the first among them. A job that works on what all
 * nodes share asks {@link org.mdlibs.registry.job.JobTurns} first; one that writes what its own
 * node has in memory does not.
 */
package org.mdlibs.registry.job;
