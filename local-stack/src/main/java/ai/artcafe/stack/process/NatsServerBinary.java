package ai.artcafe.stack.process;

import ai.artcafe.stack.Checkout;
import ai.artcafe.stack.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The nats-server program: given, of this machine, or unpacked from Debian's package. */
public final class NatsServerBinary {

    /** The variable that names the program. */
    public static final String VARIABLE = "ARTCAFE_NATS_SERVER";

    /** The suites of Debian that have a new enough one. */
    private static final String SUITES = "trixie,forky,sid";

    private static final Pattern VERSION = Pattern.compile("v?(\\d+)\\.(\\d+)\\.(\\d+)");
    private static final int[] OLDEST = {2, 10, 26};

    private NatsServerBinary() {}

    /**
     * @throws StackException that says in plain words what to do when there is none
     */
    public static Path locate() {
        String given = Optional.ofNullable(System.getenv(VARIABLE)).orElse("");
        if (!given.isBlank()) {
            Path program = Path.of(given);
            if (!isNewEnough(program)) {
                throw new StackException(
                        VARIABLE + " names " + given + ", which is no nats-server >= 2.10.26");
            }
            return program;
        }
        Optional<Path> installed =
                Executable.onPath("nats-server").filter(NatsServerBinary::isNewEnough);
        return installed.orElseGet(NatsServerBinary::unpacked);
    }

    private static Path unpacked() {
        Path folder =
                Checkout.find()
                        .map(Checkout::tools)
                        .orElseThrow(() -> new StackException(missing("")))
                        .resolve("nats");
        Path program = folder.resolve("usr/sbin/nats-server");
        if (!isNewEnough(program)) {
            DebianPackage.unpack(folder, SUITES, "nats-server")
                    .ifPresent(problem -> {
                        throw new StackException(missing(problem));
                    });
            if (!isNewEnough(program)) {
                throw new StackException(missing("the package holds none that runs here"));
            }
        }
        return program;
    }

    private static String missing(String problem) {
        return """
        There is no nats-server >= 2.10.26 on this machine, and it could not be unpacked from \
        Debian's packages%s.
        Install one and put it on PATH, or name it in %s.\
        """
                .formatted(problem.isEmpty() ? "" : " (" + problem.strip() + ")", VARIABLE);
    }

    static boolean isNewEnough(Path program) {
        if (!Files.isExecutable(program)) {
            return false;
        }
        try {
            Process process =
                    new ProcessBuilder(program.toString(), "--version")
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(5, TimeUnit.SECONDS) && isNewEnough(said);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static boolean isNewEnough(String versionLine) {
        Matcher version = VERSION.matcher(versionLine);
        if (!version.find()) {
            return false;
        }
        int[] found = new int[OLDEST.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = Integer.parseInt(version.group(i + 1));
        }
        return Arrays.compare(found, OLDEST) >= 0;
    }
}
