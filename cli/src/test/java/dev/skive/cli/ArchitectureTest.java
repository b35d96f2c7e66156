package dev.skive.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.Sets;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String ROOT = "dev.skive";
    private static final String VECTORS = "jdk.incubator.vector..";

    /// Packages whose sources a generator writes.
    private static final String GENERATED = "dev.skive.frontend.onnx.proto";

    private static final ImmutableSet<String> VAGUE_NAMES =
            ImmutableSet.of("util", "utils", "common", "impl", "helper", "helpers", "manager", "managers");

    /// What each module may use, in the order of the modules; none of them uses one that comes later.
    private static final ImmutableSetMultimap<String, String> USES =
            ImmutableSetMultimap.<String, String>builder()
                    .putAll("frontend", "ir", "grammar")
                    .putAll("passes", "ir", "grammar", "frontend")
                    .putAll("codegen", "ir", "runtime")
                    .putAll("verify", "ir", "frontend", "runtime", "passes", "codegen")
                    .putAll("cli", "ir", "grammar", "frontend", "runtime", "passes", "codegen", "verify")
                    .build();

    private static final ImmutableSet<String> MODULES =
            ImmutableSet.of("ir", "grammar", "frontend", "runtime", "passes", "codegen", "verify", "cli");

    private static final JavaClasses MAIN =
            new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    static ImmutableSet<String> modules() {
        return MODULES;
    }

    @ParameterizedTest
    @MethodSource("modules")
    void usesOnlyItsModules(String module) {
        var allowed = Sets.union(USES.get(module), ImmutableSet.of(module));
        String[] forbidden = packages(Sets.difference(MODULES, allowed).stream());
        noClasses()
                .that()
                .resideInAPackage(packageOf(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .check(MAIN);
    }

    @Test
    void runtimeUsesTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage(packageOf("runtime"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packageOf("runtime"), "java..", VECTORS, "org.jspecify.annotations")
                .check(MAIN);
    }

    @Test
    void onlyRuntimeUsesTheVectorApi() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf("runtime"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(VECTORS)
                .check(MAIN);
    }

    @Test
    void packagesAreNamedAfterConcepts() {
        assertThat(packagesWithClasses())
                .noneMatch(name -> Arrays.stream(name.split("\\.")).anyMatch(VAGUE_NAMES::contains));
    }

    @Test
    void packagesAreNullMarked() {
        List<String> marked =
                MAIN.stream()
                        .filter(type -> type.getSimpleName().equals("package-info"))
                        .filter(type -> type.isAnnotatedWith(NullMarked.class))
                        .map(JavaClass::getPackageName)
                        .toList();
        assertThat(packagesWithClasses()).filteredOn(name -> !name.equals(GENERATED)).isSubsetOf(marked);
    }

    private static List<String> packagesWithClasses() {
        return MAIN.stream().map(JavaClass::getPackage).map(JavaPackage::getName).distinct().sorted().toList();
    }

    private static String packageOf(String module) {
        return ROOT + "." + module + "..";
    }

    private static String[] packages(Stream<String> modules) {
        return modules.map(ArchitectureTest::packageOf).toArray(String[]::new);
    }
}
