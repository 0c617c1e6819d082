/**
 * What an operator runs beside the server, from the runnable jar and without one: {@link
 * org.mdlibs.registry.command.Commands} finds the command, one class does it.
 */
package org.mdlibs.registry.command;
