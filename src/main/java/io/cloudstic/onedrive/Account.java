package io.cloudstic.onedrive;

/**
 * Whose sign-in this is.
 *
 * @param id the account's object id
 * @param userPrincipalName the name that snapshots carry as their host
 */
public record Account(String id, String userPrincipalName) {}
