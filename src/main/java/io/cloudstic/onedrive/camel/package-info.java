/**
 * OneDrive as part of Camel: the component {@code onedrive:}, and HTTP through routes.
 *
 * <p>A request is sent to {@code direct:graph} or {@code direct:download}, the routes of {@code
 * graph.camel.yaml}, whose <em>steps</em> are small processors of this package. An <em>open
 * request</em> is one whose answer may still be streaming; its URL and its connection are known
 * here by a <em>ticket</em>, so that no secret URL stands in a message, where routes, logs and
 * error handlers could show it.
 */
package io.cloudstic.onedrive.camel;
