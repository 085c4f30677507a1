package ai.artcafe.system.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A key pair of {@code ssh-keygen}, which also signs: what an agent that is a shell script has. */
public final class SshKey {

    private final Path file;

    private SshKey(Path file) {
        this.file = file;
    }

    /** A new ed25519 key in the folder. */
    public static SshKey generate(Path folder, String name) {
        Path file = folder.resolve(name);
        run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString()), "");
        return new SshKey(file);
    }

    /** The line for {@code authorized_keys}. */
    public String publicKey() {
        try {
            return Files.readString(Path.of(file + ".pub")).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The base64 of the SSHSIG envelope, without its armour. */
    public String sign(String text) {
        String armoured =
                run(
                        List.of(
                                "ssh-keygen",
                                "-q",
                                "-Y",
                                "sign",
                                "-n",
                                "artcafe",
                                "-f",
                                file.toString()),
                        text);
        return armoured.lines()
                .filter(line -> !line.startsWith("-----"))
                .reduce("", String::concat);
    }

    private static String run(List<String> command, String input) {
        try {
            Process process = new ProcessBuilder(command).start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(
                        command
                                + ": "
                                + new String(
                                        process.getErrorStream().readAllBytes(),
                                        StandardCharsets.UTF_8));
            }
            return output;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
