/**
 * Microsoft OneDrive through Microsoft Graph, without Camel.
 *
 * <p>A <em>drive item</em> is a file or folder as Graph reports it, known by its <em>item id</em>;
 * its path follows from the chain of its parents. A <em>feed</em> is the pages of one delta
 * enumeration; the <em>delta link</em> at its end is where the next feed begins. The
 * <em>catalogue</em> holds every item of a drive that we know, by id. The <em>ledger</em> lists
 * items that could not be read. The <em>gate</em> is the one place that every Graph call passes.
 */
package io.cloudstic.onedrive;
