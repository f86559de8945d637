package io.cloudstic.simulator.signin;

/**
 * What a token has to fulfil since some moment, because the account was secured or a rule changed.
 *
 * @param number counts the demands from 1; a token that fulfils none bears 0
 * @param claims as JSON; whoever passes them along fulfils them
 * @param ofPerson whether only a person's sign-in fulfils them, and no refresh
 */
record Demand(int number, String claims, boolean ofPerson) {
  static final Demand NONE = new Demand(0, null, false);

  /** The number that a token bears which was asked for with these claims. */
  int fulfilledBy(String given, boolean byPerson) {
    return number > 0 && claims.equals(given) && (byPerson || !ofPerson) ? number : 0;
  }
}
