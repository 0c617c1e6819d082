/**
 * Finding out who calls: one {@code HttpAuthenticationMechanism}, and an identity store for each
 * kind of credential. A further way in (API tokens, LDAP, an external issuer) is a further store.
 */
package org.mdlibs.registry.login;
