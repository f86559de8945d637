package io.cloudstic.simulator.graph;

/**
 * Whose account it is.
 *
 * @param id the object id
 * @param userPrincipalName the name of sign-in
 */
public record Profile(String id, String userPrincipalName) {}
