package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.doctor.Finding;
import io.cloudstic.doctor.Finding.Verdict;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.tree.TerminalText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code cloudstic doctor}: tries everything that a backup needs. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic doctor",
      "cloudstic doctor -store s3:bucket/prefix",
      "cloudstic doctor -json",
      "exit codes: 0 nothing fails; 1 something does"
    })
final class DoctorCommand extends Command {

  @Override
  ExitCode run(CommandContext context) {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(new DoctorOfConfiguration(context).run());
    findings.addAll(new DoctorOfOneDrive(context).run());
    findings.addAll(new DoctorOfRepository(context).run());
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      counts.put(
          verdict, (int) findings.stream().filter(finding -> finding.verdict() == verdict).count());
    }
    if (global.json) {
      context.printJson(json(findings, counts));
    } else {
      text(context, findings, counts);
    }
    return counts.get(Verdict.FAIL) == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void text(CommandContext context, List<Finding> findings, Map<Verdict, Integer> counts) {
    var out = context.console().out();
    for (Finding finding : findings) {
      if (global.quiet && finding.verdict() == Verdict.PASS) {
        continue;
      }
      out.println(
          TerminalText.escape(
              "%-5s %-24s %s"
                  .formatted(word(finding.verdict()), finding.name(), finding.message())));
      if (finding.remedy() != null) {
        finding
            .remedy()
            .lines()
            .forEach(line -> out.println(TerminalText.escape("      " + " ".repeat(25) + line)));
      }
    }
    out.printf(
        "%d passed, %d to look at, %d failed%n",
        counts.get(Verdict.PASS), counts.get(Verdict.WARN), counts.get(Verdict.FAIL));
    out.flush();
  }

  private static ObjectNode json(List<Finding> findings, Map<Verdict, Integer> counts) {
    ObjectNode document = Json.object();
    ArrayNode checks = document.putArray("checks");
    for (Finding finding : findings) {
      ObjectNode check = checks.addObject();
      check.put("name", finding.name());
      check.put("status", word(finding.verdict()));
      check.put("message", finding.message());
      if (finding.remedy() != null) {
        check.put("remedy", finding.remedy());
      }
    }
    counts.forEach((verdict, count) -> document.put(word(verdict), count));
    return document;
  }

  private static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }
}
