package dev.skive.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InstructionSetTest {
    private static final List<String> MODULE = List.of("--add-modules", "jdk.incubator.vector");
    private static final VirtualMachine FINE =
            new VirtualMachine("OpenJDK 64-Bit Server VM", "mixed mode, sharing", "amd64", 256);

    /// Resolves a set three times and says whether the Vector API was loaded.
    static final class Resolve {
        private Resolve() {}

        static void main(String[] arguments) {
            InstructionSet set = InstructionSet.valueOf(arguments[0]);
            for (int i = 0; i < 3; i++) {
                System.out.println("resolved " + set.resolve());
            }
        }
    }

    @Test
    void withoutTheModuleAutoIsScalarAndSaysOnceWhatToDo() throws Exception {
        var child = ChildJvm.run(Resolve.class, List.of("-Xlog:class+load"), "AUTO");
        assertThat(child.exit()).isZero();
        assertThat(child.output())
                .contains("resolved SCALAR")
                .doesNotContain("jdk.incubator.vector.", "dev.skive.runtime.vector.");
        assertThat(child.output())
                .containsOnlyOnce("Skive uses scalar kernels")
                .containsOnlyOnce("--add-modules jdk.incubator.vector");
    }

    @Test
    void withoutTheModuleVectorIsRefused() throws Exception {
        var child = ChildJvm.run(Resolve.class, List.of(), "VECTOR");
        assertThat(child.exit()).isEqualTo(1);
        assertThat(child.output())
                .contains("IllegalStateException", "--add-modules jdk.incubator.vector")
                .doesNotContain("NoClassDefFoundError");
    }

    @Test
    void scalarSaysNothing() throws Exception {
        var child = ChildJvm.run(Resolve.class, List.of(), "SCALAR");
        assertThat(child.output()).contains("resolved SCALAR").doesNotContain("Skive");
    }

    @ParameterizedTest
    @CsvSource({"-Xint", "-XX:TieredStopAtLevel=1"})
    void withoutC2AutoIsScalar(String option) throws Exception {
        var child = ChildJvm.run(Resolve.class, List.of(MODULE.get(0), MODULE.get(1), option), "AUTO");
        assertThat(child.output()).contains("resolved SCALAR", option.replace("=1", ""));
    }

    @Test
    void withTheModuleAutoFollowsTheMachine() {
        assertThat(InstructionSet.AUTO.resolve())
                .isEqualTo(
                        VirtualMachine.current().vectorObstacle().isEmpty()
                                ? InstructionSet.VECTOR
                                : InstructionSet.SCALAR);
        assertThat(InstructionSet.VECTOR.resolve()).isEqualTo(InstructionSet.VECTOR);
    }

    @Test
    void obstaclesNameTheirCause() {
        assertThat(FINE.vectorObstacle()).isEmpty();
        assertThat(new VirtualMachine("Eclipse OpenJ9 VM", FINE.mode(), "amd64", 256).vectorObstacle())
                .hasValueSatisfying(reason -> assertThat(reason).contains("OpenJ9"));
        assertThat(new VirtualMachine(FINE.name(), FINE.mode(), "amd64", 128).vectorObstacle())
                .hasValueSatisfying(reason -> assertThat(reason).contains("128-bit"));
        assertThat(new VirtualMachine(FINE.name(), FINE.mode(), "aarch64", 128).vectorObstacle()).isEmpty();
        assertThat(new VirtualMachine(FINE.name(), FINE.mode(), "aarch64", 64).vectorObstacle()).isPresent();
        assertThat(new VirtualMachine(FINE.name(), "compiled mode", "amd64", 512).vectorObstacle()).isEmpty();
    }
}
