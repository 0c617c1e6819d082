/**
 * Publishing a version: the upload is spooled and checked before any transaction, the blob is
 * durable before the row, and one short transaction decides.
 */
package org.mdlibs.registry.publish;
