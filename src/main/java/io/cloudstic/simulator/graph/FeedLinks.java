package io.cloudstic.simulator.graph;

import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Mix;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Writes the links of feeds in the several forms that the service uses. Immutable. */
final class FeedLinks {
  private final String base;
  private final FeedShape shape;

  /** Links below this URL, which ends in {@code /v1.0}. */
  FeedLinks(String base, FeedShape shape) {
    this.base = base;
    this.shape = shape;
  }

  /** A link to go on with this token. */
  String of(DriveModel drive, Item scope, FeedQuery query, String token, long salt) {
    String id = drive.driveId();
    String item = scope.isRoot() ? "/root" : "/items/" + scope.id();
    if (!Mix.chance(shape.functionLinks(), salt, 0xF0)) {
      String options = Mix.chance(0.5, salt, 0xF1) ? options(query) : "";
      return base + "/drives/" + id + item + "/delta?" + options + "token=" + token + "%3d";
    }
    return switch (Mix.below(4, salt, 0xF2)) {
      case 0 -> base + "/drives/" + id + item + "/delta(token='" + token + "')";
      case 1 ->
          base + "/drives('" + id + "')" + item + "/microsoft.graph.delta(token='" + token + "')";
      case 2 ->
          base
              + "/drives('"
              + id
              + "')/items('"
              + scope.id()
              + "')/microsoft.graph.delta(token='"
              + token
              + "')?"
              + options(query);
      default -> base + "/drives/" + id + item + "/delta?(token='" + token + "')";
    };
  }

  private static String options(FeedQuery query) {
    String select =
        query.select().isEmpty()
            ? ""
            : "$select=" + URLEncoder.encode(query.select(), StandardCharsets.UTF_8) + "&";
    return select + "$top=" + query.top() + "&";
  }
}
