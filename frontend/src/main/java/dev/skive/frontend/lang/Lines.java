package dev.skive.frontend.lang;

import com.google.common.base.Splitter;
import java.util.List;

/// Lines of text that are indented by how deep they lie. A line that becomes too wide is broken at the items it lists.
final class Lines {
    private static final int WIDTH = 120;
    private static final String STEP = "  ";

    private final StringBuilder text = new StringBuilder();
    private String indent = "";

    /// A line, or several with ends between them.
    void line(String line) {
        for (String part : Splitter.on('\n').split(line)) {
            text.append(part.isEmpty() ? "" : indent).append(part).append('\n');
        }
    }

    /// A line that lists items, each on its own when they are too long for one or go over several lines themselves.
    void list(String before, List<String> items, String after) {
        String line = before + String.join(", ", items) + after;
        boolean fits = indent.length() + line.length() <= WIDTH && !line.contains("\n");
        if (fits || items.isEmpty()) {
            line(line);
            return;
        }
        line(before);
        deeper();
        for (int i = 0; i < items.size(); i++) {
            line(items.get(i) + (i < items.size() - 1 ? "," : ""));
        }
        shallower();
        line(after);
    }

    void deeper() {
        indent += STEP;
    }

    void shallower() {
        indent = indent.substring(STEP.length());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
