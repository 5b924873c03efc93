package org.privatus.node.cli;

import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// Makes the help of all commands alike: `-h` and `--help` everywhere, arguments and options under headings, examples
/// last.
final class HelpStyle {
    private static final int WIDTH = 100;

    private HelpStyle() {}

    static void apply(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (!spec.optionsMap().containsKey("--help")) {
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this help.")
                    .build());
        }
        UsageMessageSpec usage = spec.usageMessage();
        usage.width(WIDTH);
        usage.sortOptions(false);
        usage.abbreviateSynopsis(false);
        takeHeader(usage);
        if (usage.header().length > 0) {
            usage.synopsisHeading("%nUsage: ");
        }
        if (usage.description().length > 0) {
            usage.descriptionHeading("%n");
        }
        if (!spec.positionalParameters().isEmpty()) {
            usage.parameterListHeading("%nArguments:%n");
        }
        usage.optionListHeading("%nOptions:%n");
        if (usage.footer().length > 0 && usage.footerHeading().isEmpty()) {
            usage.footerHeading("%nExamples:%n");
        }
        command.getSubcommands().values().forEach(HelpStyle::apply);
    }

    /// A command that has no header gets the first line of its description.
    private static void takeHeader(UsageMessageSpec usage) {
        String[] description = usage.description();
        if (usage.header().length == 0 && description.length > 0) {
            usage.header(description[0].replaceAll("(%n)+$", ""));
            usage.description(Arrays.copyOfRange(description, 1, description.length));
        }
    }
}
