package dev.skive.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skive.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConformanceVerbTest {
    @TempDir private Path root;
    @TempDir private Path other;

    /// Two cases that pass, one with a wrong expected output, one with an unknown operator.
    @BeforeEach
    void cases() {
        var cases = new TinyCases(root);
        cases.relu("node/good", 0, 0, 3);
        cases.relu("node/fine", 0, 0, 3);
        cases.relu("node/wrong", 0, 0, 4);
        cases.unknown("odd/unknown");
    }

    @Test
    void textAndStatus() {
        var shell = Shell.run("conformance", root);
        assertThat(shell.status()).isEqualTo(1);
        assertThat(shell.out())
                .contains("passed      node/good\n")
                .contains("failed      node/wrong: ")
                .contains("expected 4.0, found 3.0")
                .contains("unsupported odd/unknown: ")
                .contains("operator Frobnicate")
                .contains("4 cases on vector: 2 passed (0 of them not compared in full), 1 failed, 1 unsupported");
    }

    @Test
    void quietPrintsTheSummaryOnly() {
        var shell = Shell.run("conformance", root, "-q", "--engine", "interpreter,scalar");
        assertThat(shell.out().lines()).singleElement().asString().contains("interpreter,scalar: 2 passed");
    }

    @Test
    void filters() {
        assertThat(Shell.run("conformance", root, "--filter", "node/?o*").out())
                .contains("1 cases")
                .contains("node/good");
        assertThat(Shell.run("conformance", root, "--filter", "/f.ne$/").status()).isZero();
        assertThat(Shell.run("conformance", root, "--filter", "odd/*").status()).isZero();
        assertThat(Shell.run("conformance", root, "--filter", "odd/*", "--strict").status()).isEqualTo(1);
        var none = Shell.run("conformance", root, "--filter", "none");
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.err()).contains("no case below");
        assertThat(Shell.run("conformance", root, "--filter", "/(/").status()).isEqualTo(2);
    }

    @Test
    void json() {
        var json = Shell.run("conformance", root, "--json", "--pipeline", "simplify").json();
        assertThat(json.get("schemaVersion").asInt()).isEqualTo(1);
        assertThat(json.get("passed").asInt()).isEqualTo(2);
        assertThat(json.get("failed").asInt()).isEqualTo(1);
        assertThat(json.get("unsupportedReasons").get("operator Frobnicate").asInt()).isEqualTo(1);
        assertThat(json.get("cases")).hasSize(4);
        assertThat(json.get("cases").get(2).get("status").asText()).isEqualTo("failed");
        assertThat(json.get("changes").isNull()).isTrue();
    }

    @Test
    void tablesOfExpectations() throws IOException {
        Path table = other.resolve("expect.tsv");
        Path junit = other.resolve("junit.xml");
        assertThat(Shell.run("conformance", root, "--write-expect", table, "--junit", junit).status()).isEqualTo(1);
        assertThat(Files.readString(junit)).contains("<testcase classname=\"node\" name=\"wrong\"");
        assertThat(Shell.run("conformance", root, "--expect-file", table).status()).isZero();
        new TinyCases(root).relu("node/good", 0, 0, 9);
        new TinyCases(root).relu("node/wrong", 0, 0, 3);
        var changed = Shell.run("conformance", root, "--expect-file", table);
        assertThat(changed.status()).isEqualTo(1);
        assertThat(changed.errors())
                .singleElement()
                .asString()
                .contains("regression: node/good: was passed, is failed");
        assertThat(changed.out()).contains("improved    node/wrong: was failed, is passed");
        assertThat(Shell.run("conformance", root, "--expect-file", table, "--filter", "*wrong").status()).isZero();
    }

    @Test
    void wrongUsage() {
        assertThat(Shell.run("conformance", root.resolve("nowhere")).status()).isEqualTo(5);
        assertThat(Shell.run("conformance", other).status()).isEqualTo(2);
        assertThat(Shell.run("conformance", root, "--time-limit", "soon").status()).isEqualTo(2);
        assertThat(Shell.run("conformance", root, "--engine", "ort").status()).isEqualTo(2);
        assertThat(Shell.run("conformance", root, "--jobs", "0").status()).isEqualTo(2);
        assertThat(Shell.run("conformance", root, "--pipeline", "nonsense").status()).isEqualTo(2);
    }
}
