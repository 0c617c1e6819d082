/**
 * What the operator decides, and what the machine gives: settings, clock, random values, hashes,
 * and what the two databases differ in. Nothing else reads the first three, so that every rule can
 * be tested with values of its own.
 */
package org.mdlibs.registry.config;
