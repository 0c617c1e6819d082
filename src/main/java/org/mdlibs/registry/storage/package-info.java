/**
 * Where archives lie. {@link org.mdlibs.registry.storage.Blobs} is the one door; behind it are two
 * ways, files and S3, and nothing outside of this package knows jclouds.
 */
package org.mdlibs.registry.storage;
