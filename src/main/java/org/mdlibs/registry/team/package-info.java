/**
 * Teams: a scope that several users publish under. A team's id is that of its namespace, which
 * outlives it: its name is never given to anybody else.
 */
package org.mdlibs.registry.team;
