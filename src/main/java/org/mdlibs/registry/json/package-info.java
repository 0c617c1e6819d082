/**
 * Records to JSON and back, in the one spelling of the interface: {@code snake_case}, absent values
 * left out, times in UTC; and the ETag of every JSON answer.
 */
package org.mdlibs.registry.json;
