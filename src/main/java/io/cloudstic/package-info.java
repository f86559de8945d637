/** Cloudstic for Apache Camel. */
package io.cloudstic;
