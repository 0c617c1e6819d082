/** Whether the registry can do its work: MicroProfile Health checks, answered on the main port. */
package org.mdlibs.registry.health;
