package dev.skive.verify.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.skive.verify.conformance.CaseResult.Status;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

final class ReportsTest {
    private static final ConformanceReport REPORT =
            ConformanceReport.of(
                    List.of(
                            result("node/b", Status.FAILED, "expected <1> & found \"2\"\u0001"),
                            result("node/a", Status.PASSED, ""),
                            result("c", Status.UNSUPPORTED, "no way")));

    private static CaseResult result(String name, Status status, String reason) {
        return new CaseResult(name, status, reason, 0, ImmutableList.of(), 1500);
    }

    @Test
    void junitXml() throws Exception {
        var text = new StringWriter();
        new JUnitXml(REPORT, "suite").write(text);
        var suite =
                DocumentBuilderFactory.newDefaultInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)))
                        .getDocumentElement();
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        assertThat(suite.getAttribute("time")).isEqualTo("4.500");
        var failure = (org.w3c.dom.Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("expected <1> & found \"2\"?");
        var failed = (org.w3c.dom.Element) failure.getParentNode();
        assertThat(failed.getAttribute("classname")).isEqualTo("node");
        assertThat(failed.getAttribute("name")).isEqualTo("b");
    }

    @Test
    void theTableReadsBack() {
        ExpectTable table = ExpectTable.of(REPORT);
        assertThat(table.text()).isEqualTo("c\tunsupported\nnode/a\tpassed\nnode/b\tfailed\n");
        assertThat(ExpectTable.parse(table.text().lines().toList())).isEqualTo(table);
    }

    @Test
    void changes() {
        var table =
                new ExpectTable(
                        ImmutableSortedMap.of(
                                "c",
                                Status.PASSED,
                                "gone",
                                Status.FAILED,
                                "node/b",
                                Status.FAILED,
                                "x",
                                Status.PASSED));
        var changes = table.changes(REPORT, name -> !name.equals("x"));
        assertThat(changes.regressions())
                .containsExactly("c: was passed, is unsupported: no way", "gone: was failed, is gone");
        assertThat(changes.improvements()).isEmpty();
        assertThat(changes.unknown()).containsExactly("node/a: is passed");
        assertThat(ExpectTable.parse(List.of("c\tfailed")).changes(REPORT, _ -> true).improvements())
                .containsExactly("c: was failed, is unsupported");
    }

    @Test
    void wrongTablesAreRefused() {
        assertThatThrownBy(() -> ExpectTable.parse(List.of("# fine", "a passed")))
                .hasMessageContaining("line 2")
                .hasMessageContaining("a tab and a status");
        assertThatThrownBy(() -> ExpectTable.parse(List.of("a\tgood"))).hasMessageContaining("found 'good'");
        assertThatThrownBy(() -> ExpectTable.parse(List.of("a\tpassed", "a\tfailed")))
                .hasMessageContaining("second line");
    }
}
