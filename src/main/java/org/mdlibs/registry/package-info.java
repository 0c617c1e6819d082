/**
 * The registry: markdown libraries, published once, found in seconds, installed with one command.
 *
 * <p>Verbs on top: {@code publish, search, download, login, account, health, start}. Nouns below:
 * {@code library, token, user}. Plumbing at the bottom: {@code archive, storage, json, access,
 * problem, config, name}. A request makes two hops: a resource (or filter), then one service or one
 * noun's plural ({@code Users}, {@code Libraries}). Who may use whom is held by {@code
 * ArchitectureTest}.
 */
package org.mdlibs.registry;
