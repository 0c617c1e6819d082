package org.mdlibs.registry.user;

/** Bytes of the archives in a scope, and how many they may be. */
public record StorageUse(long usedBytes, long quotaBytes) {}
