/**
 * What can go wrong, and how it is told: one catalogue ({@link
 * org.mdlibs.registry.problem.ProblemType}), one exception ({@link
 * org.mdlibs.registry.problem.ProblemException}), one wire form ({@link
 * org.mdlibs.registry.problem.Problem}, RFC 9457), whichever of JAX-RS, a servlet filter or the
 * container itself answers. Uses nothing of the registry.
 */
package org.mdlibs.registry.problem;
