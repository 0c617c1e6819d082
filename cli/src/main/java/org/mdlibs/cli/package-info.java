/**
 * The command line {@code mdlibs}: a local library of markdown, and its way to a registry and back.
 *
 * <p>One class per command ({@code …Command}); {@link org.mdlibs.cli.RegistryApi} is the only one
 * that knows the REST contract, {@link org.mdlibs.cli.Http} the only one that opens a connection,
 * {@link org.mdlibs.cli.ErrorHandler} the only one that tells an error. Names, versions and
 * archives are checked with the server's own classes ({@code org.mdlibs.registry.name} and {@code
 * archive}), so that both always agree. Nothing reads the environment, the current folder or the
 * terminal but by {@link org.mdlibs.cli.Session}.
 */
package org.mdlibs.cli;
