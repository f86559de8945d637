package io.cloudstic.cli;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The completion script for bash, which zsh can read as well. */
final class BashCompletion {
  private final PrintWriter out;

  BashCompletion(PrintWriter out) {
    this.out = out;
  }

  void print() {
    out.println("_cloudstic() {");
    out.println("  local word=${COMP_WORDS[COMP_CWORD]} command= words= flags= names= i");
    out.println("  for ((i = 1; i < COMP_CWORD; i++)); do");
    out.println("    case ${COMP_WORDS[i]} in");
    out.println("      " + pattern(new TreeSet<>(Arguments.WITH_VALUE)) + ") ((i++)) ;;");
    out.println("      -*) ;;");
    out.println("      *) command=${COMP_WORDS[i]}; break ;;");
    out.println("    esac");
    out.println("  done");
    out.println("  case $command in");
    out.println(
        "    '') words=\"" + joined(Catalog.names()) + "\" flags=\"" + flags("help") + "\" ;;");
    for (String name : Catalog.commands().keySet()) {
      String names = String.join("|", Catalog.namesOf(name));
      String words = joined(CompletionWords.arguments(name));
      String ids = CompletionWords.takesSnapshots(name) ? " names=snapshots" : "";
      out.println(
          "    " + names + ") words=\"" + words + "\" flags=\"" + flags(name) + "\"" + ids + " ;;");
    }
    out.println("  esac");
    out.println("  case ${COMP_WORDS[COMP_CWORD-1]} in");
    CompletionWords.OF_FLAGS.entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(
            flag ->
                out.println(
                    "    -"
                        + flag.getKey()
                        + "|--"
                        + flag.getKey()
                        + ") words=\""
                        + joined(flag.getValue())
                        + "\" names= ;;"));
    out.println("    -profile|--profile) words= names=profiles ;;");
    out.println("    show|remove) [[ $command == profile ]] && words= names=profiles ;;");
    out.println("    " + pattern(new TreeSet<>(Arguments.WITH_VALUE)) + ") words= names= ;;");
    out.println("  esac");
    out.println("  if [[ $word != -* && -n $names ]]; then");
    out.println("    words=$(cloudstic complete $names \"$COMP_LINE\" 2>/dev/null)");
    out.println("  fi");
    out.println("  case $word in");
    out.println("    --*) COMPREPLY=($(compgen -P -- -W \"$flags\" -- \"${word#--}\")) ;;");
    out.println("    -*) COMPREPLY=($(compgen -P - -W \"$flags\" -- \"${word#-}\")) ;;");
    out.println("    *) if [[ -n $words ]]; then");
    out.println("         COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))");
    out.println("       else");
    out.println("         local IFS=$'\\n'");
    out.println("         COMPREPLY=($(compgen -f -- \"$word\"))");
    out.println("       fi ;;");
    out.println("  esac");
    out.println("}");
    out.println("complete -o filenames -F _cloudstic cloudstic");
  }

  private static String flags(String command) {
    return CompletionWords.flags(command).stream()
        .map(CompletionWords::name)
        .collect(Collectors.joining(" "));
  }

  private static String pattern(Collection<String> flags) {
    return flags.stream().map(flag -> "-" + flag + "|--" + flag).collect(Collectors.joining("|"));
  }

  private static String joined(Collection<String> words) {
    return String.join(" ", words);
  }
}
