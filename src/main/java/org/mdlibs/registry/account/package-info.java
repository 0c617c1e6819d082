/** A person's own account: registering it, and what it shows of itself. */
package org.mdlibs.registry.account;
