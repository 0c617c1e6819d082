/**
 * Single sign-on of browsers by OpenID Connect: the authorization code flow with PKCE, ending in
 * the session's cookie. What must be remembered between its two requests travels in a sealed
 * cookie.
 */
package org.mdlibs.registry.oidc;
