package org.privatus.node.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in one line what is wrong with a command line and what to type instead.
final class UsageMistake {
    private UsageMistake() {}

    static String line(ParameterException mistake) {
        return switch (mistake) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing -> missing(missing);
            case MaxValuesExceededException tooMany -> reason(tooMany) + ": " + help(tooMany.getCommandLine());
            default -> reason(mistake) + ": " + help(mistake.getCommandLine());
        };
    }

    private static String unmatched(UnmatchedArgumentException mistake) {
        CommandLine command = mistake.getCommandLine();
        String word = mistake.getUnmatched().getFirst();
        List<String> similar = mistake.getSuggestions();
        String meant = similar.isEmpty() ? "" : "did you mean '" + similar.getFirst() + "'? ";
        if (word.startsWith("-") && word.length() > 1) {
            return "unknown option '" + word + "': " + meant + help(command);
        }
        if (!command.getSubcommands().isEmpty()) {
            return "unknown command '" + word + "': " + meant + help(command);
        }
        return "one argument too many, '" + word + "': put a text with spaces in quotes; " + help(command);
    }

    private static String missing(MissingParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        List<String> labels =
                mistake.getMissing().stream().map(argument -> label(argument)).toList();
        return "missing " + String.join(" and ", labels) + ": " + help(command);
    }

    private static String label(ArgSpec argument) {
        return argument.isOption()
                ? ((picocli.CommandLine.Model.OptionSpec) argument).longestName() + " " + argument.paramLabel()
                : argument.paramLabel();
    }

    private static String reason(ParameterException mistake) {
        String message = String.valueOf(mistake.getMessage());
        return message.isEmpty() ? "wrong usage" : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static String help(CommandLine command) {
        return "see '" + command.getCommandSpec().qualifiedName() + " --help'";
    }
}
