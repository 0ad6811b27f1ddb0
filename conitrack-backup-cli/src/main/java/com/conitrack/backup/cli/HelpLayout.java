package com.conitrack.backup.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ScopeType;

/** Shows a command's own options first, then those that every command has. */
final class HelpLayout {
  private HelpLayout() {}

  static void applyTo(CommandLine commandLine) {
    commandLine.getSubcommands().values().forEach(HelpLayout::applyTo);
    commandLine
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
    commandLine.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING);
  }

  private static String options(Help help) {
    List<OptionSpec> own = new ArrayList<>();
    List<OptionSpec> everywhere = new ArrayList<>();
    for (OptionSpec option : help.commandSpec().options()) {
      if (!option.hidden()) {
        (isGlobal(option) ? everywhere : own).add(option);
      }
    }
    String ownOnes = own.isEmpty() ? "" : "%nOptions:%n%s".formatted(list(help, own));
    return ownOnes
        + "%nGlobal options, before or after the command:%n%s".formatted(list(help, everywhere));
  }

  private static boolean isGlobal(OptionSpec option) {
    boolean everywhere = option.scopeType() == ScopeType.INHERIT;
    return everywhere || option.usageHelp() || option.versionHelp();
  }

  private static String list(Help help, List<OptionSpec> options) {
    Help.Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
    layout.addOptions(options, help.createDefaultParamLabelRenderer());
    return layout.toString();
  }
}
