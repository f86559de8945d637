/**
 * Mending a damaged repository: index, packs and snapshots, each by itself.
 *
 * <p>A repair first finds out what there is to do, as <em>steps</em>; only when it is
 * <em>applied</em> does it take them. Nothing that can be read is ever deleted: what replaces a
 * file is durable before the file goes. The caller holds an exclusive lock. A blob is <em>lost</em>
 * when no place of it can be read; the next backup of a source that still has it stores it again,
 * under the same id, and what referred to it is whole again.
 */
package io.cloudstic.repair;
