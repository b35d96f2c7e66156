package dev.skive.verify.operator;

import static dev.skive.verify.operator.Sample.of;
import static dev.skive.verify.operator.SampleTypes.ALL;
import static dev.skive.verify.operator.SampleTypes.ANY;
import static dev.skive.verify.operator.SampleTypes.REALS;

import dev.skive.ir.type.ElementType;
import java.util.List;
import java.util.stream.Stream;

/// Samples of operators with subgraphs, and of those on sequences and optionals.
@SuppressWarnings("BadImport")
final class ControlSamples {
    private ControlSamples() {}

    static List<Sample> all() {
        return Stream.of(branches(), loops(), scans(), sequences(), wholeSequences(), optionals())
                .flatMap(stream -> stream)
                .toList();
    }

    private static Stream<Sample> branches() {
        return Stream.of(
                of("If", ANY)
                        .in(ElementType.BOOL)
                        .in(3, 3)
                        .nodes(
                                """
                                y0 = If(x0){then_branch=() -> (a){ a = Transpose(x1){perm=[1, 0]} },
                                            else_branch=() -> (b){ b = Identity(x1) }}\
                                """),
                of("If", ALL)
                        .in(ElementType.BOOL)
                        .in(3, 3)
                        .from(11)
                        .nodes(
                                """
                                y0 = If(x0){then_branch=() -> (a){ a = Concat(x1, x1){axis=0} },
                                            else_branch=() -> (b){ b = Identity(x1) }}\
                                """));
    }

    private static Stream<Sample> loops() {
        return Stream.of(
                of("Loop", ANY)
                        .number(3)
                        .fixed(ElementType.BOOL, new double[] {1})
                        .in(2, 2)
                        .gives()
                        .gives()
                        .nodes(
                                """
                                y0, y1 = Loop(x0, x1, x2){body=(i:i64, c:bool, a) -> (d:bool, b, s){
                                    d = Identity(c); b = Transpose(a){perm=[1, 0]}; s = Identity(a) }}\
                                """),
                of("Loop", ALL)
                        .indices(new long[] {9})
                        .number(2)
                        .in(3)
                        .from(9)
                        .gives()
                        .gives()
                        .nodes(
                                """
                                y0, y1 = Loop(x0, , x2){body=(i:i64, c:bool, a) -> (d:bool, b, s){
                                    d = Less(i, x1); b = Identity(a); s = Identity(a) }}\
                                """));
    }

    private static Stream<Sample> scans() {
        return Stream.of(
                of("Scan", ANY)
                        .in(2, 4)
                        .in(2, 3, 4)
                        .until(8)
                        .gives()
                        .gives()
                        .nodes(
                                """
                                y0, y1 = Scan(, x0, x1){num_scan_inputs=1, body=(s, v) -> (t, o){
                                    t = Identity(v); o = Identity(s) }}\
                                """),
                of("Scan", ANY)
                        .in(4)
                        .in(3, 4)
                        .from(9)
                        .gives()
                        .gives()
                        .nodes(
                                """
                                y0, y1 = Scan(x0, x1){num_scan_inputs=1, body=(s, v) -> (t, o){
                                    t = Identity(v); o = Identity(s) }}\
                                """),
                of("Scan", REALS)
                        .in(4)
                        .in(4, 3)
                        .from(9)
                        .gives()
                        .gives()
                        .nodes(
                                """
                                y0, y1 = Scan(x0, x1){num_scan_inputs=1, scan_input_axes=[1], scan_input_directions=[1],
                                    scan_output_axes=[1], scan_output_directions=[1], body=(s, v) -> (t, o){
                                    t = Add(s, v); o = Mul(t, v) }}\
                                """));
    }

    private static Stream<Sample> sequences() {
        return Stream.of(
                of("SequenceConstruct", ANY)
                        .in(2, 3)
                        .in(4, 3)
                        .number(1)
                        .nodes("s = SequenceConstruct(x0, x1); y0 = SequenceAt(s, x2)"),
                of("SequenceAt", ANY)
                        .in(2, 3)
                        .in(4, 3)
                        .indices(new long[] {-2})
                        .nodes("s = SequenceConstruct(x0, x1); y0 = SequenceAt(s, x2)"),
                of("SequenceEmpty", ANY)
                        .in(2, 3)
                        .number(0)
                        .nodes("e = SequenceEmpty(){dtype=$type}; s = SequenceInsert(e, x0); y0 = SequenceAt(s, x1)"),
                of("SequenceInsert", ANY)
                        .in(2, 3)
                        .in(4, 3)
                        .indices(new long[] {-1})
                        .number(0)
                        .nodes("s = SequenceConstruct(x0); t = SequenceInsert(s, x1, x2); y0 = SequenceAt(t, x3)"),
                of("SequenceErase", ANY)
                        .in(2, 3)
                        .in(4, 3)
                        .indices(new long[] {0})
                        .number(0)
                        .nodes("s = SequenceConstruct(x0, x1); t = SequenceErase(s, x2); y0 = SequenceAt(t, x3)"),
                of("SequenceLength", ANY)
                        .in(2, 3)
                        .in(3)
                        .gives(ElementType.INT64)
                        .nodes("s = SequenceConstruct(x0, x1); y0 = SequenceLength(s)"));
    }

    private static Stream<Sample> wholeSequences() {
        return Stream.of(
                of("ConcatFromSequence", ANY)
                        .in(2, 3)
                        .in(2, 1)
                        .nodes("s = SequenceConstruct(x0, x1); y0 = ConcatFromSequence(s){axis=-1}"),
                of("ConcatFromSequence", ANY)
                        .in(2, 3)
                        .in(2, 3)
                        .nodes("s = SequenceConstruct(x0, x1); y0 = ConcatFromSequence(s){axis=1, new_axis=1}"),
                of("SplitToSequence", ANY)
                        .in(5, 2)
                        .longs(2, 3)
                        .number(1)
                        .nodes("s = SplitToSequence(x0, x1); y0 = SequenceAt(s, x2)"),
                of("SplitToSequence", ANY)
                        .in(2, 3)
                        .number(1)
                        .nodes("s = SplitToSequence(x0){axis=1, keepdims=0}; y0 = SequenceAt(s, x1)"),
                of("SequenceMap", ANY)
                        .in(2, 3)
                        .in(1, 3)
                        .in(2, 3)
                        .nodes(
                                """
                                s = SequenceConstruct(x0, x1);
                                t = SequenceMap(s, x2){body=(a, b) -> (c){ c = Concat(a, b){axis=0} }};
                                y0 = ConcatFromSequence(t){axis=0}\
                                """));
    }

    private static Stream<Sample> optionals() {
        return Stream.of(
                of("Optional", ANY).in(2, 3).nodes("o = Optional(x0); y0 = OptionalGetElement(o)"),
                of("OptionalGetElement", ANY).in(2, 3).nodes("o = Optional(x0); y0 = OptionalGetElement(o)"),
                of("OptionalGetElement", ANY).in(2, 3).from(18).nodes("y0 = OptionalGetElement(x0)"),
                of("OptionalGetElement", ALL)
                        .in(2, 3)
                        .number(0)
                        .nodes(
                                """
                                s = SequenceConstruct(x0); o = Optional(s); t = OptionalGetElement(o);
                                y0 = SequenceAt(t, x1)\
                                """),
                of("OptionalHasElement", ANY)
                        .in(2, 3)
                        .gives(ElementType.BOOL)
                        .nodes("o = Optional(x0); y0 = OptionalHasElement(o)"),
                of("OptionalHasElement", ANY)
                        .in(2, 3)
                        .from(18)
                        .gives(ElementType.BOOL)
                        .nodes("y0 = OptionalHasElement(x0)"),
                of("OptionalHasElement", SampleTypes.BOOL)
                        .from(18)
                        .gives(ElementType.BOOL)
                        .nodes("y0 = OptionalHasElement()"));
    }
}
