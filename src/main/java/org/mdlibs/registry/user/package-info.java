/** Accounts: the user, its namespace (the scope that it publishes under), its password. */
package org.mdlibs.registry.user;
