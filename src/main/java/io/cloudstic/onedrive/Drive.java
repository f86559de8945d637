package io.cloudstic.onedrive;

/**
 * One drive.
 *
 * @param id as received, sent back as it is
 * @param type {@code personal}, {@code business} or {@code documentLibrary}
 * @param name as shown to people; may be null
 * @param owner mail address or display name of the owner; may be null
 * @param ownerId object id of the owner, a user or a group; may be null
 */
public record Drive(String id, String type, String name, String owner, String ownerId) {}
