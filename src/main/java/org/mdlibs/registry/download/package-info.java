/**
 * Serving archives: a servlet filter, since JAX-RS was measured slow at moving bytes, and the
 * counting of downloads in batches, which no download waits for.
 */
package org.mdlibs.registry.download;
