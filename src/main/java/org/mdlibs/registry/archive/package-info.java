/**
 * Archives as they come from outside: read once, checked against every rule, unpacked nowhere but
 * below one folder. Used by the server for uploads and by the command line for downloads, so it
 * knows neither HTTP nor a database.
 */
package org.mdlibs.registry.archive;
