/**
 * The drive that the simulator serves, held in memory.
 *
 * <p>An <em>item</em> is a file, folder, package or shortcut, known by its id. Its <em>content</em>
 * is a recipe (a seed, a file on disk), so that bytes exist only while they are read. Each mutation
 * moves the item to the end of the <em>change log</em>, which therefore holds the latest state of
 * each item in the order of its last change: what a delta feed reports. A deleted item stays there
 * as a <em>tombstone</em>. <em>Traits</em> are the oddities of one item: infected, locked, lying
 * about its size.
 */
package io.cloudstic.simulator.drive;
