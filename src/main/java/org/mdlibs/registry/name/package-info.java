/**
 * The names of the field as value types: {@link org.mdlibs.registry.name.Scope}, {@link
 * org.mdlibs.registry.name.LibraryName}, {@link org.mdlibs.registry.name.Version}, {@link
 * org.mdlibs.registry.name.Tags}, {@link org.mdlibs.registry.name.License} and {@link
 * org.mdlibs.registry.name.Description}.
 *
 * <p>Each is made from text by {@code parse}, which throws {@link IllegalArgumentException} with a
 * sentence that says which rule the text breaks. Plain Java: the command line applies the same
 * classes, so that both sides refuse the same names. Uses nothing of the registry.
 */
package org.mdlibs.registry.name;
