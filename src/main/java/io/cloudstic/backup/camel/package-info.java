/**
 * The steps of a backup's routes that are not operations of a component: thin processors between
 * messages and the plain classes of {@link io.cloudstic.backup}.
 */
package io.cloudstic.backup.camel;
