package io.cloudstic.restore;

import io.cloudstic.restic.tree.NodePath;

/**
 * One entry that was not restored, or not wholly.
 *
 * @param path the entry, below where the restore began
 * @param message what failed, and why
 * @param damage whether the repository is at fault, and not the target
 */
public record RestoreProblem(NodePath path, String message, boolean damage) {}
