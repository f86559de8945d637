/**
 * Stores behind Camel routes.
 *
 * <p>A <em>store route</em> does one operation of a store: {@code direct:store-put}, {@code
 * store-create}, {@code store-get}, {@code store-range}, {@code store-size}, {@code store-list},
 * {@code store-delete}; what it is told stands in the headers of {@link
 * io.cloudstic.store.camel.StoreHeaders}. {@link io.cloudstic.store.camel.RouteStore} makes a store
 * of seven such routes. A <em>fault</em> is what went wrong inside one; the route tries again while
 * it may pass, and {@link io.cloudstic.store.camel.StoreFaults} says what it means in the end.
 */
package io.cloudstic.store.camel;
