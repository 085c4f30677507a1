package ai.artcafe.stack.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands, with the terminal for those that write to it. */
record Commands(Terminal terminal) implements IFactory {

    @Override
    public <K> K create(Class<K> kind) throws Exception {
        for (Constructor<?> constructor : kind.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1
                    && constructor.getParameterTypes()[0] == Terminal.class) {
                return kind.cast(constructor.newInstance(terminal));
            }
        }
        return CommandLine.defaultFactory().create(kind);
    }
}
