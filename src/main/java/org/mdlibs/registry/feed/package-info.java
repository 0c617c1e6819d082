/** What was published last, as Atom feeds (RFC 4287), each within what its reader may see. */
package org.mdlibs.registry.feed;
