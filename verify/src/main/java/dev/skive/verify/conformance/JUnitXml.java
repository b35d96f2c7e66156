package dev.skive.verify.conformance;

import dev.skive.verify.conformance.CaseResult.Status;
import java.io.Writer;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// A report as JUnit writes it, for tools that read such files. Unsupported cases are skipped tests.
///
/// @param report the report
/// @param suite the name of the test suite
public record JUnitXml(ConformanceReport report, String suite) {
    /// Writes the document.
    ///
    /// @throws XMLStreamException when it cannot be written
    public void write(Writer out) throws XMLStreamException {
        XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
        long milliseconds = report.results().stream().mapToLong(CaseResult::milliseconds).sum();
        xml.writeStartDocument("UTF-8", "1.0");
        newLine(xml, "");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", printable(suite));
        xml.writeAttribute("tests", Integer.toString(report.results().size()));
        xml.writeAttribute("failures", Integer.toString(report.count(Status.FAILED)));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", Integer.toString(report.count(Status.UNSUPPORTED)));
        xml.writeAttribute("time", seconds(milliseconds));
        for (CaseResult result : report.results()) {
            write(xml, result);
        }
        newLine(xml, "");
        xml.writeEndElement();
        newLine(xml, "");
        xml.writeEndDocument();
        xml.flush();
    }

    private static void write(XMLStreamWriter xml, CaseResult result) throws XMLStreamException {
        int slash = result.name().lastIndexOf('/');
        newLine(xml, "  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", printable(slash < 0 ? "" : result.name().substring(0, slash)));
        xml.writeAttribute("name", printable(result.name().substring(slash + 1)));
        xml.writeAttribute("time", seconds(result.milliseconds()));
        switch (result.status()) {
            case FAILED -> message(xml, "failure", result.reason());
            case UNSUPPORTED -> message(xml, "skipped", result.reason());
            case PASSED -> {
                if (!result.reason().isEmpty()) {
                    xml.writeStartElement("system-out");
                    xml.writeCharacters(printable(result.reason()));
                    xml.writeEndElement();
                }
            }
        }
        xml.writeEndElement();
    }

    private static void message(XMLStreamWriter xml, String element, String reason) throws XMLStreamException {
        xml.writeEmptyElement(element);
        xml.writeAttribute("message", printable(reason));
    }

    private static void newLine(XMLStreamWriter xml, String indent) throws XMLStreamException {
        xml.writeCharacters("\n" + indent);
    }

    private static String seconds(long milliseconds) {
        return String.format(Locale.ROOT, "%.3f", milliseconds / 1e3);
    }

    /// Text without the characters that XML cannot hold.
    private static String printable(String text) {
        return text.codePoints()
                .map(c ->
                        (c < ' ' && c != '\n' && c != '\t') || (c >= 0xD800 && c < 0xE000) || c == 0xFFFE || c == 0xFFFF
                                ? '?'
                                : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
