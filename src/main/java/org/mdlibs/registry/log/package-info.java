/** The log: its two forms, its levels, what each request adds to its lines, and the access log. */
package org.mdlibs.registry.log;
