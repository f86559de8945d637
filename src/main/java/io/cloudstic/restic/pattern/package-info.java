/**
 * restic's path patterns, as its {@code --include} and {@code --exclude} have them. A
 * <em>pattern</em> is a list of <em>globs</em>, one for each name of a path; it matches a path when
 * the globs match consecutive names of it, so that everything below what is matched is matched too.
 * One that begins with {@code /} begins at the root; {@code **} stands for any number of names.
 */
package io.cloudstic.restic.pattern;
