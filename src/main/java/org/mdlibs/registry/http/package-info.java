/**
 * What every answer carries whoever gives it, which pages of other sites may read it, and which
 * requests a server that stops still takes. Uses {@code config, problem}.
 */
package org.mdlibs.registry.http;
