/**
 * What the administrators of the registry do: accounts, quotas, what is used, and reading the audit
 * log. Every change and its audit event are one transaction.
 */
package org.mdlibs.registry.admin;
