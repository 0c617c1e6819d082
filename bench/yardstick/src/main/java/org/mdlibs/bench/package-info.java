/** The least that a servlet and a JAX-RS method can do: the yardstick of the benchmarks. */
package org.mdlibs.bench;
