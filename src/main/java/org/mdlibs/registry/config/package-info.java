/**
 * What the operator decides, and what the machine gives: settings, clock, random values. Nothing
 * else reads them, so that every rule can be tested with values of its own.
 */
package org.mdlibs.registry.config;
