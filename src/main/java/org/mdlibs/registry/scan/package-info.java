/** Malware in archives: clamd is asked before anything is stored. */
package org.mdlibs.registry.scan;
