package dev.skive.cli.bench;

import com.google.common.collect.ImmutableList;
import dev.skive.verify.ort.OrtLibrary;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a measurement depends on besides the program.
///
/// @param cpu model of the processor
/// @param processors how many of them this JVM may use
/// @param system operating system
/// @param jdk version of the JDK and the JVM
/// @param jvmFlags flags this JVM was started with
/// @param onnxRuntime version of ONNX Runtime
public record Machine(
        String cpu, int processors, String system, String jdk, ImmutableList<String> jvmFlags, String onnxRuntime) {
    private static final Path LINUX_CPU = Path.of("/proc/cpuinfo");

    /// This machine.
    public static Machine current() {
        return new Machine(
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                "%s %s".formatted(property("os.name"), property("os.version")),
                "%s, %s".formatted(property("java.runtime.version"), property("java.vm.name")),
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> !flag.startsWith("-Dskive."))
                        .collect(ImmutableList.toImmutableList()),
                OrtLibrary.version());
    }

    private static String cpuModel() {
        if (Files.isReadable(LINUX_CPU)) {
            try (Stream<String> lines = Files.lines(LINUX_CPU, StandardCharsets.UTF_8)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(property("os.arch"));
            } catch (IOException e) {
                return property("os.arch");
            }
        }
        return property("os.arch");
    }

    private static String property(String name) {
        return System.getProperty(name, "?");
    }

    /// The facts, one a line.
    @Override
    public String toString() {
        return """
        cpu   %s, %d processors
        os    %s
        jdk   %s
        flags %s
        ort   %s\
        """
                .formatted(cpu, processors, system, jdk, String.join(" ", jvmFlags), onnxRuntime);
    }
}
