package io.cloudstic.store.camel;

import io.cloudstic.store.ObjectInfo;
import java.util.List;

/**
 * A page of a listing, by a list route that knows itself where the next one begins.
 *
 * @param objects the objects; there may be none although more pages follow
 * @param next what the header {@link StoreHeaders#NEXT} is to hold for the next page, of whatever
 *     type the route likes; null when this page is the last
 */
public record ObjectPage(List<ObjectInfo> objects, Object next) {}
