package io.cloudstic.history;

import io.cloudstic.restic.tree.NodePath;

/**
 * One line of a comparison.
 *
 * @param modifier restic's letters: {@code +} came, {@code -} left, {@code T} has another type,
 *     {@code M} has other content, {@code U} has other metadata; {@code R} was renamed or moved,
 *     only where moves are told
 * @param path where it is now, or was when it left
 * @param directory whether it is a directory now, or was when it left
 * @param counterpart its other place when it moved, else null
 */
public record Change(String modifier, NodePath path, boolean directory, NodePath counterpart) {}
