/**
 * The OpenAPI document: made at build time from the annotations of the resources and from what the
 * code says besides ({@link org.mdlibs.registry.openapi.ApiFilter}), and served the same on every
 * server ({@link org.mdlibs.registry.openapi.ApiDocument}).
 */
package org.mdlibs.registry.openapi;
