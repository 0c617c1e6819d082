/** Serving archives: a servlet filter, since JAX-RS was measured slow at moving bytes. */
package org.mdlibs.registry.download;
