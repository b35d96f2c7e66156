package dev.skive.codegen.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class SectionTest {
    /// One call per letter.
    private static ImmutableList<Call> calls(String letters) {
        return letters.chars()
                .mapToObj(letter -> SampleCalls.call(Character.toString(letter)))
                .collect(ImmutableList.toImmutableList());
    }

    private static List<String> split(String letters) {
        return Section.split(calls(letters)).stream()
                .map(section -> text(section.first()) + (section.isRepeated() ? "x" + section.instances().size() : ""))
                .toList();
    }

    private static String text(List<Call> calls) {
        return String.join("", calls.stream().map(Call::method).toList());
    }

    @Test
    void layersAreFoundBetweenWhatIsOnlyThereOnce() {
        assertThat(split("eabcabcabcp")).containsExactly("e", "abcx3", "p");
    }

    @Test
    void aLayerIsNotTwoLayers() {
        assertThat(split("abababab")).containsExactly("abx4");
    }

    @Test
    void runsWithoutRepetitionStayWhole() {
        assertThat(split("abcdef")).containsExactly("abcdef");
        assertThat(split("")).isEmpty();
    }

    @Test
    void twoKindsOfLayers() {
        assertThat(split("ababxcdcdcd")).containsExactly("abx2", "x", "cdx3");
    }

    /// The calls of all instances in order are the run, and instances of a section call the same methods.
    @Property
    void sectionsAreTheRun(@ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 30) String letters) {
        ImmutableList<Section> sections = Section.split(calls(letters));
        String all =
                String.join(
                        "",
                        sections.stream()
                                .flatMap(section -> section.instances().stream())
                                .map(SectionTest::text)
                                .toList());
        assertThat(all).isEqualTo(letters);
        for (Section section : sections) {
            assertThat(section.instances().stream().map(SectionTest::text)).containsOnly(text(section.first()));
        }
    }

    /// However often a layer is repeated, it stands in the source once at most (less, where it repeats itself inside).
    @Property(tries = 50)
    void sourceDoesNotGrowWithLayers(
            @ForAll @CharRange(from = 'a', to = 'f') @StringLength(min = 2, max = 8) String layer) {
        assertThat(size(layer.repeat(5))).isLessThanOrEqualTo(layer.length());
        assertThat(size(layer.repeat(30))).isLessThanOrEqualTo(layer.length());
    }

    private static int size(String letters) {
        return Stream.of(Section.split(calls(letters)))
                .flatMap(List::stream)
                .mapToInt(section -> section.first().size())
                .sum();
    }
}
