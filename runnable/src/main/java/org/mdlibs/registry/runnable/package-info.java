/**
 * The registry as one jar that runs by itself: {@link org.mdlibs.registry.runnable.Main} lays the
 * server's files out once, {@link org.mdlibs.registry.runnable.Server} runs Payara Micro with the
 * WAR from there. Plain Java, uses nothing of the registry: the WAR tells by system properties what
 * to print.
 */
package org.mdlibs.registry.runnable;
