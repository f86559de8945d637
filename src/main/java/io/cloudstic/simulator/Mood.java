package io.cloudstic.simulator;

import io.cloudstic.simulator.drive.Trait;
import io.cloudstic.simulator.graph.Quirk;
import io.cloudstic.simulator.wire.Effect.DownloadFault;
import io.cloudstic.simulator.wire.Effect.Location;
import io.cloudstic.simulator.wire.Effect.PageFault;
import io.cloudstic.simulator.wire.Effect.RetryAfter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The hostile ways in which Microsoft Graph has been seen to behave, each to be played on demand.
 * Moods can be combined. Those that happen "between the runs" happen when a client begins its
 * second run.
 */
public enum Mood {
  // What pages hold.
  REPEATED_ITEMS(
      "every item comes several times, first with other names, contents or places",
      Script.quirk(Quirk.ALL_REPEATED)),
  CHILDREN_FIRST(
      "children come before their parents, the root last", Script.quirk(Quirk.CHILDREN_FIRST)),
  EMPTY_PAGES("every other page is empty but for its link", Script.quirk(Quirk.EMPTY_PAGES)),
  SMALLEST_PAGES("a page holds one item", Script.quirk(Quirk.SMALLEST_PAGES)),
  LARGEST_PAGES("a page holds everything", Script.quirk(Quirk.LARGEST_PAGES)),
  TWICE("all items of a page come twice", PageScripts.always(PageFault.TWICE)),
  UNKNOWN_FIELDS(
      "facets and fields that nobody has documented", Script.quirk(Quirk.UNKNOWN_FIELDS)),
  CUT_JSON("pages end in the middle of their JSON, now and then", PageScripts.cutJson()),
  CUT_CONNECTION("connections break in the middle of a page", PageScripts.cutConnection()),
  HTML_PAGES("a web page with status 200 instead of a page of items", PageScripts.html()),

  // Links.
  TRUNCATED_PAGE(
      "a page without any link, which is not the end", PageScripts.sometimes(PageFault.NO_LINK)),
  TRUNCATED_FOREVER("no feed ever ends with a link", PageScripts.always(PageFault.NO_LINK)),
  BOTH_LINKS(
      "a page with a next link and a delta link", PageScripts.sometimes(PageFault.BOTH_LINKS)),
  SAME_LINK("the same next link again, for a while", PageScripts.sometimes(PageFault.SAME_LINK)),
  SAME_LINK_FOREVER("the same next link again and again", PageScripts.always(PageFault.SAME_LINK)),
  LINK_CIRCLE(
      "links lead back to the first page, once", PageScripts.sometimes(PageFault.FIRST_LINK)),
  LINK_CIRCLE_FOREVER("links lead in a circle for ever", PageScripts.always(PageFault.FIRST_LINK)),
  FOREIGN_LINK(
      "the next link names a foreign host, for ever", PageScripts.always(PageFault.FOREIGN_LINK)),
  FOREIGN_DELTA_LINK(
      "the delta link of the first run names a foreign host",
      PageScripts.inFirstRun(PageFault.FOREIGN_DELTA)),
  PLAIN_HTTP_LINK(
      "the next link goes over plain HTTP, for ever", PageScripts.always(PageFault.PLAIN_LINK)),

  // The stored link dies between the runs.
  GONE("410 at the stored link", LinkScripts.gone("resyncRequired", Location.NONE)),
  GONE_APPLY(
      "410 resyncChangesApplyDifferences",
      LinkScripts.gone("resyncChangesApplyDifferences", Location.NONE)),
  GONE_APPLY_LOCATION(
      "410 resyncChangesApplyDifferences with a Location",
      LinkScripts.gone("resyncChangesApplyDifferences", Location.FRESH)),
  GONE_UPLOAD(
      "410 resyncChangesUploadDifferences",
      LinkScripts.gone("resyncChangesUploadDifferences", Location.NONE)),
  GONE_UPLOAD_LOCATION(
      "410 resyncChangesUploadDifferences with a Location",
      LinkScripts.gone("resyncChangesUploadDifferences", Location.FRESH)),
  GONE_UNKNOWN_STATE("410 syncStateNotFound", LinkScripts.gone("syncStateNotFound", Location.NONE)),
  GONE_BROKEN_LOCATION(
      "410 with a Location that answers with an error",
      LinkScripts.gone("resyncChangesApplyDifferences", Location.BROKEN)),
  GONE_FOREIGN_LOCATION(
      "410 with a Location on a foreign host",
      LinkScripts.gone("resyncChangesApplyDifferences", Location.FOREIGN)),
  GONE_PLAIN_HTTP_LOCATION(
      "410 with a Location over plain HTTP",
      LinkScripts.gone("resyncChangesApplyDifferences", Location.PLAIN)),
  GONE_MIDWAY("410 in the middle of a feed, twice", LinkScripts.goneMidway()),
  DEAD_LINK_400("the stored link answers 400 for good", LinkScripts.dead(400, "invalidRequest")),
  DEAD_LINK_404("the stored link answers 404 for good", LinkScripts.dead(404, "itemNotFound")),
  DEAD_LINK_500("the stored link answers 500 for good", LinkScripts.dead(500, "generalException")),
  DEAD_LINK_503(
      "the stored link answers 503 for good", LinkScripts.dead(503, "serviceNotAvailable")),
  DEAD_LINK_504("the stored link answers 504 for good", LinkScripts.dead(504, "gatewayTimeout")),
  NO_DELTA_501(
      "no change feed, as in national clouds (501)", LinkScripts.noDelta(501, "notSupported")),
  NO_DELTA_400("no change feed (400)", LinkScripts.noDelta(400, "invalidRequest")),

  // Tombstones.
  BARE_TOMBSTONES("tombstones with an id only", Script.quirk(Quirk.BARE_TOMBSTONES)),
  UNKNOWN_TOMBSTONES("tombstones of items that never were", Script.quirk(Quirk.UNKNOWN_TOMBSTONES)),
  NONSENSE_TOMBSTONES(
      "tombstones with impossible times, sizes and parents",
      Script.quirk(Quirk.NONSENSE_TOMBSTONES)),
  TOMBSTONE_FIRST("what lives comes as a tombstone first", Script.quirk(Quirk.TOMBSTONE_FIRST)),
  LIVE_FIRST("what is deleted comes as alive first", Script.quirk(Quirk.LIVE_FIRST)),
  UNTOLD_DESCENDANTS(
      "a deleted folder has a tombstone, what was in it none",
      Script.stage(Scenes::tree).edit(Scenes::deleteTopOnly)),
  LOST_TOMBSTONES(
      "some deletions are never told; a complete listing finds them",
      Script.stage(Scenes::tree).edit(Scenes::deleteUntold)),

  // What happens to the drive between the runs, or while a client looks.
  MOVED_OUT(
      "a folder is deleted while something in it moves out",
      Script.stage(Scenes::tree).edit(Scenes::moveOutAndDelete)),
  SWAPPED_FOLDERS(
      "folders exchange their names", Script.stage(Scenes::tree).edit(Scenes::swapFolders)),
  TANGLED_MOVES(
      "a chain of folders is turned upside down, and others change places",
      Script.stage(Scenes::tree).edit(Scenes::turnUpsideDown)),
  RENAMED_ROOT(
      "the drive's root has some other name",
      Script.stage(drive -> drive.rename(drive.root(), "Mine / yours"))),
  CASE_NAMES(
      "names in one folder that differ in case only",
      Script.stage(Scenes::caseNames).edit(Scenes::changeCase)),
  MADE_FILLED_MOVED(
      "a folder is made, filled and moved between the runs; what is in it is never told",
      Script.stage(Scenes::tree).edit(Scenes::makeFillMove)),
  COPIED(
      "a folder is copied; what is in the copy is never told",
      Script.stage(Scenes::tree).edit(Scenes::copyUntold)),
  COPIED_MEANWHILE(
      "a folder is copied while the feed is read",
      Script.stage(Scenes::tree).beginning(Scenes::copyMeanwhile)),
  RECREATED(
      "things are deleted and made again under the same names",
      Script.stage(Scenes::tree).edit(Scenes::recreate)),
  RECREATED_UNTOLD(
      "the same, and nobody is told of the deletion",
      Script.stage(Scenes::tree).edit(Scenes::recreateUntold)),
  RESTORED(
      "folders come back from the bin",
      Script.stage(Scenes::tree).edit(2, Scenes::bin).edit(3, Scenes::unbin)),
  PARENT_CYCLE(
      "the feed tells that two folders are in each other",
      Script.stage(Scenes::tree).edit(drive -> Scenes.circle(drive, false))),
  PARENT_CYCLE_FOREVER(
      "the same, and so says everybody who is asked",
      Script.stage(Scenes::tree).edit(drive -> Scenes.circle(drive, true))),
  UNKNOWN_PARENT(
      "the feed tells of parents that do not exist",
      Script.stage(Scenes::tree).edit(drive -> Scenes.unknownParent(drive, false))),
  ORPHANS(
      "items whose parents nobody knows",
      Script.stage(Scenes::tree).edit(drive -> Scenes.unknownParent(drive, true))),
  VANISHED("nearly everything is deleted", Script.stage(Scenes::tree).edit(Scenes::vanish)),
  ENCRYPTED(
      "nearly all contents change, as when ransomware is at work",
      Script.stage(Scenes::tree).edit(Scenes::encrypt)),

  // Contents.
  EXPIRED_URLS("download URLs expire before they are used (401)", ContentScripts.expired(401)),
  EXPIRED_URLS_403("the same with 403", ContentScripts.expired(403)),
  EXPIRED_URLS_404("the same with 404", ContentScripts.expired(404)),
  EXPIRED_URLS_410("the same with 410", ContentScripts.expired(410)),
  NO_URLS("no listing carries a download URL", ContentScripts.all(Trait.NO_DOWNLOAD_URL)),
  DROPPED_DOWNLOADS("downloads end before or soon after they begin", ContentScripts.dropped()),
  STALLED_DOWNLOADS("downloads stop in their middle, for an hour", ContentScripts.stalled()),
  RANGES_IGNORED(
      "a broken download begins anew whatever range is asked for (200)",
      ContentScripts.ranges(DownloadFault.RANGE_IGNORED)),
  RANGES_SHIFTED(
      "a broken download goes on at another byte than asked (206)",
      ContentScripts.ranges(DownloadFault.RANGE_SHIFTED)),
  RANGES_REFUSED(
      "every range is refused (416)", ContentScripts.ranges(DownloadFault.RANGE_REFUSED)),
  WRONG_BYTES(
      "a download brings as many bytes, but others",
      ContentScripts.other(DownloadFault.OTHER_BYTES, 1)),
  HTML_CONTENT(
      "a web page with status 200 instead of contents",
      ContentScripts.other(DownloadFault.HTML, 3)),
  WRONG_SIZE(
      "a file is served shorter than announced, as live photos are", ContentScripts.served(50_000)),
  WRONG_HASH("a file never matches its hash", ContentScripts.served(0)),
  NO_HASHES("no file has a hash", ContentScripts.all(Trait.NO_HASHES)),
  CHANGING_FILE("a file changes twice while it is read", ContentScripts.changing(4)),
  RESTLESS_FILE("a file changes whenever it is read, for a run", ContentScripts.changing(100)),
  MALWARE("a changed file is taken for infected, for a run", ContentScripts.passing(Trait.MALWARE)),
  FORBIDDEN_FILE(
      "a changed file is refused (403), for a run", ContentScripts.refused(403, "accessDenied")),
  CONFLICTING_FILE(
      "a changed file is refused (409), for a run", ContentScripts.refused(409, "conflict")),
  LOCKED_FILE(
      "a changed file is locked (423), for a run", ContentScripts.refused(423, "resourceLocked")),
  QUOTA_FILE(
      "a changed file is refused for the quota (507), for a run",
      ContentScripts.refused(507, "insufficientStorage")),
  BROKEN_FILE(
      "a changed file answers 500 endlessly, for a run",
      ContentScripts.refused(500, "generalException")),
  GONE_FILE("a file is listed, but nobody gets it (404)", ContentScripts.gone()),

  // Throttling.
  THROTTLE_STORM("429 again and again", ThrottleScripts.storm(429, 4, RetryAfter.SECONDS)),
  THROTTLE_DATE("429 until a date", ThrottleScripts.storm(429, 1, RetryAfter.DATE)),
  THROTTLE_UNTIMED("429 without Retry-After", ThrottleScripts.storm(429, 1, RetryAfter.MISSING)),
  THROTTLE_503(
      "503 with Retry-After, more often than a fault is tried again",
      ThrottleScripts.storm(503, 8, RetryAfter.SECONDS)),
  BUSY("503 without Retry-After, and 504", ThrottleScripts.busy()),
  RATE_LIMITS("a low limit, told by RateLimit headers", ThrottleScripts.limits()),
  THROTTLED_STORAGE("the storage host answers 429", ThrottleScripts.storage()),

  // The sign-in.
  EXPIRED_TOKENS(
      "access tokens end between the runs, and in the middle of one", SignInScripts.expired()),
  ROTATED_TOKENS("the same, and a refresh token is good once", SignInScripts.rotated()),
  SHORT_TOKENS("access tokens live two seconds", SignInScripts.shortLived(Duration.ofSeconds(2))),
  REVOKED_SIGN_IN("the refresh token is dead (invalid_grant)", SignInScripts.revoked()),
  CLAIMS_CHALLENGE(
      "Graph challenges the tokens; renewing with the claims helps",
      SignInScripts.challenged(false)),
  CLAIMS_FOR_PERSON("the same, and only a person's sign-in helps", SignInScripts.challenged(true)),
  CLAIMS_FOREVER("Graph challenges every token", SignInScripts.challengedForEver()),
  CONSENT_MISSING(
      "no token without consent (AADSTS65001)", SignInScripts.refused("invalid_grant", 65001)),
  BLOCKED_SIGN_IN(
      "no token by a conditional-access rule (AADSTS53003)",
      SignInScripts.refused("interaction_required", 53003)),
  BUSY_SIGN_IN("the sign-in service answers 503 with a web page at first", SignInScripts.busy()),
  DECLINED_SIGN_IN(
      "people say no: in the browser once, with a code always", SignInScripts.declined()),
  SLOW_DEVICE("people take half a minute to enter a code", SignInScripts.slowDevice()),
  WRONG_CLOCK(
      "the service's clock is an hour ahead", SignInScripts.wrongClock(Duration.ofHours(1)));

  private final String summary;
  private final Script script;

  Mood(String summary, Script script) {
    this.summary = summary;
    this.script = script;
  }

  /** The name on the command line, such as {@code children-first}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it plays, in a few words. */
  public String summary() {
    return summary;
  }

  /** Whether it changes the drive itself, so that a directory cannot be shown at the same time. */
  public boolean needsOwnDrive() {
    return script.needsOwnDrive();
  }

  /** The mood of this name. */
  public static Optional<Mood> of(String word) {
    return Arrays.stream(values()).filter(mood -> mood.word().equals(word)).findFirst();
  }

  Script script() {
    return script;
  }
}
