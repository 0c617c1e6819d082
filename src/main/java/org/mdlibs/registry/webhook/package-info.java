/**
 * Telling others of what happens in a scope: a delivery is a row of the transaction of the event
 * itself, and is sent afterwards, signed, by one node at a time, until it is taken or given up.
 */
package org.mdlibs.registry.webhook;
