package io.cloudstic.onedrive;

import java.util.List;

/**
 * One page of a feed or of a listing. Links are opaque: they are used as they came.
 *
 * @param items in the order received, which means nothing
 * @param nextLink where the next page is, or null
 * @param deltaLink where the next feed begins, or null; only this ends a feed
 */
public record Page(List<DriveItem> items, String nextLink, String deltaLink) {}
