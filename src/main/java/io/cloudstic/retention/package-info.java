/**
 * The use cases of getting rid of what is no longer wanted: forgetting snapshots, and pruning the
 * data that no snapshot needs.
 *
 * <p>A <em>policy</em> says which snapshots of a <em>group</em> are kept; its <em>rules</em> count
 * the last ones, or the last of each <em>interval</em> (hour, day, ISO week, month, year), or keep
 * what lies within a <em>span</em> of the newest. A <em>verdict</em> is what the policy says of one
 * snapshot, with its reasons. To <em>forget</em> a snapshot removes nothing but its file.
 *
 * <p>A blob is <em>used</em> when a snapshot needs it. A pack may be kept, removed, or
 * <em>repacked</em>: what is used of it is copied to new packs. A <em>spare</em> is a copy of a
 * used blob that another pack holds as well. An <em>orphan</em> is a pack that no index lists;
 * until it is as old as the <em>grace time</em>, a backup may be storing it. A pack is
 * <em>spared</em> when a backup came to need it after the plan was made.
 */
package io.cloudstic.retention;
