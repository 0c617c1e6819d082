/**
 * Libraries and their versions: what they are, what reads of them show, and the words that they are
 * found by.
 */
package org.mdlibs.registry.library;
