package io.cloudstic.simulator.signin;

/**
 * What a user has agreed to.
 *
 * @param scope asked for
 * @param claims passed along, or null
 */
record Agreement(String scope, String claims) {}
