/**
 * Where archives lie: {@link org.mdlibs.registry.storage.Blobs}, the one class that knows jclouds.
 */
package org.mdlibs.registry.storage;
