package io.cloudstic.store.camel;

import org.apache.camel.spi.Metadata;

/** The headers by which a store route is told what to do. */
public final class StoreHeaders {
  /** The object's key. */
  @Metadata(description = "The object's key, such as data/ab/ab12…", javaType = "String")
  public static final String KEY = "CloudsticKey";

  /** Where a range begins. */
  @Metadata(description = "The first byte of a range", javaType = "Long")
  public static final String RANGE_START = "CloudsticRangeStart";

  /** Where a range ends. */
  @Metadata(description = "The last byte of a range, inclusive", javaType = "Long")
  public static final String RANGE_END = "CloudsticRangeEnd";

  /** How long a range is. */
  @Metadata(description = "The number of bytes of a range, at least 1", javaType = "Integer")
  public static final String RANGE_LENGTH = "CloudsticRangeLength";

  /** What is listed. */
  @Metadata(
      description = "Which keys to list: empty for all, or what they begin with, ending in /",
      javaType = "String")
  public static final String PREFIX = "CloudsticPrefix";

  /** How far the listing is. */
  @Metadata(
      description = "The last key of the page before, in the store's own order; empty at first",
      javaType = "String")
  public static final String AFTER = "CloudsticAfter";

  /** Where the page of a listing begins, in the words of the route that gave the one before. */
  @Metadata(
      description = "What the ObjectPage before said of the next one; not there at first",
      javaType = "Object")
  public static final String NEXT = "CloudsticNext";

  private StoreHeaders() {}
}
