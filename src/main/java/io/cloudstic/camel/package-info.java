/**
 * Camel, started with our routes.
 *
 * <p>A <em>route file</em> holds routes in Camel's YAML; those that <em>ship</em> have fixed names,
 * a user's <em>own</em> ones any other. A <em>runtime</em> is a Camel context with the route files
 * that a command needs, checked before anything of it touches a disk or a network, and stopped with
 * the command.
 */
package io.cloudstic.camel;
