/**
 * What is downloaded and called, counted in memory and written in batches which no request waits
 * for; and the figures that are shown of it, each within what its reader may see.
 */
package org.mdlibs.registry.stats;
