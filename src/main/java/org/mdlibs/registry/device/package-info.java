/**
 * Logging in where there is no browser: the device authorization grant (RFC 8628). A device shows a
 * code, a person confirms it on a page, and the device gets a login token.
 */
package org.mdlibs.registry.device;
