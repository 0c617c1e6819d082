/**
 * Finding libraries: a validated query, one SQL statement that selects what the answer shows, no
 * entity and no mapper. Nothing is ever ranked or counted without a bound.
 */
package org.mdlibs.registry.search;
